package dev.sweepback.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What may be acted on while Sweepback is rolled out.
 *
 * @param connections empty for all
 * @param labels that a job must have, with these values
 */
public record Allow(Optional<List<String>> connections, Map<String, String> labels) {

    public static final Allow ALL = new Allow(Optional.empty(), Map.of());

    public Allow {
        connections = connections.map(List::copyOf);
        labels = Map.copyOf(labels);
    }
}
