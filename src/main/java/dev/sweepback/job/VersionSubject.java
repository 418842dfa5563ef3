package dev.sweepback.job;

import java.util.List;
import java.util.Optional;

/**
 * The version that every replica tells.
 *
 * @param pointer where the JSON document has it; the body is the version without it
 * @param range empty for the very version that the upgrade leads to
 */
public record VersionSubject(List<Endpoint> endpoints, Optional<String> pointer, Optional<VersionRange> range)
        implements Check.Subject {

    public VersionSubject {
        endpoints = List.copyOf(endpoints);
        if (endpoints.isEmpty()) {
            throw new IllegalArgumentException("no replica is asked");
        }
    }

    @Override
    public String text() {
        return "version of " + Counted.text(endpoints.size(), "replica") + ": "
                + range.map(VersionRange::text).orElse("that of the upgrade");
    }
}
