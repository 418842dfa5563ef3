package dev.sweepback.sandbox;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A routing table: {@code {name}} stands for one path segment, {@code {name...}} at the end for the rest, even none. */
final class Routes {

    interface Action {
        TwinResponse answer(Call call);
    }

    private record Route(String method, List<String> pattern, Action action) {}

    private final List<Route> routes = new ArrayList<>();

    Routes on(String method, String pattern, Action action) {
        routes.add(new Route(method, segments(pattern), action));
        return this;
    }

    Optional<TwinResponse> answer(TwinRequest request) {
        List<String> path = segments(request.path());
        for (Route route : routes) {
            if (route.method().equals(request.method())) {
                Map<String, String> variables = new HashMap<>();
                if (matches(route.pattern(), path, variables)) {
                    return Optional.of(route.action().answer(new Call(request, Map.copyOf(variables))));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean matches(List<String> pattern, List<String> path, Map<String, String> variables) {
        for (int i = 0; i < pattern.size(); i++) {
            String expected = pattern.get(i);
            if (expected.endsWith("...}")) {
                variables.put(
                        expected.substring(1, expected.length() - 4),
                        String.join("/", path.subList(Math.min(i, path.size()), path.size())));
                return i <= path.size();
            }
            if (i >= path.size()) {
                return false;
            }
            if (expected.startsWith("{")) {
                variables.put(expected.substring(1, expected.length() - 1), path.get(i));
            } else if (!expected.equals(path.get(i))) {
                return false;
            }
        }
        return pattern.size() == path.size();
    }

    static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }
}
