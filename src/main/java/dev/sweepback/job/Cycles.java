package dev.sweepback.job;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the way from a name back to itself. */
final class Cycles {

    private final String start;
    private final Map<String, List<String>> edges;
    private final List<String> path = new ArrayList<>();
    private final Set<String> seen = new HashSet<>();

    private Cycles(String start, Map<String, List<String>> edges) {
        this.start = start;
        this.edges = edges;
    }

    /** {@code a -> b -> a}, if a way leads from {@code a} to itself. */
    static Optional<String> from(String start, Map<String, List<String>> edges) {
        Cycles cycles = new Cycles(start, edges);
        return cycles.follow(start) ? Optional.of(String.join(" -> ", cycles.path)) : Optional.empty();
    }

    private boolean follow(String name) {
        path.add(name);
        for (String next : edges.getOrDefault(name, List.of())) {
            if (next.equals(start)) {
                path.add(next);
                return true;
            }
            if (seen.add(next) && follow(next)) {
                return true;
            }
        }
        path.remove(path.size() - 1);
        return false;
    }
}
