package dev.sweepback.job;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.SecretRef;
import java.util.Optional;

/**
 * The one value that a query to PostgreSQL gives.
 *
 * @param url {@code jdbc:postgresql://HOST[:PORT]/DATABASE}, without parameters
 * @param query a single statement, without {@code ;} anywhere: the driver would send what follows as another one
 */
public record SqlSubject(
        String url, String user, SecretRef password, Optional<CaFile> caFile, String query, Comparison comparison)
        implements Check.Subject {

    public SqlSubject {
        if (query.contains(";")) {
            throw new IllegalArgumentException("one statement alone cannot end the transaction that it is in");
        }
    }

    /** Whether the database is on this machine itself. */
    public boolean isLoopback() {
        return Format.isLoopback(url.replaceAll("^jdbc:postgresql://|(:\\d+)?/[^/]*$", ""));
    }

    @Override
    public String text() {
        return "sql " + url + ": " + Format.shortened(query) + " " + comparison.text();
    }
}
