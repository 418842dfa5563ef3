package dev.sweepback.job;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.SecretRef;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * An address that a check asks over HTTP.
 *
 * @param url https, or http for loopback; without query and fragment
 * @param caFile whom TLS trusts; those that Java trusts without it
 */
public record Endpoint(URI url, List<Header> headers, Optional<CaFile> caFile) {

    public Endpoint {
        headers = List.copyOf(headers);
    }

    /**
     * A header whose value is a secret.
     *
     * @param scheme what stands before it, such as {@code Bearer}; may be empty
     */
    public record Header(String name, String scheme, SecretRef secret) {}

    @Override
    public String toString() {
        return url.toString();
    }
}
