package dev.sweepback.adapter.http;

import java.util.List;
import java.util.stream.Stream;

/**
 * The requests that a reader of one connector may send: {@code GET /api/features/*}. A star stands for one segment, two
 * stars at the end for one or more. The method alone is no guide: some systems look things up by PUT.
 */
public final class ReadList {

    private record Allowed(String method, List<String> segments) {}

    private final List<Allowed> allowed;

    private ReadList(List<Allowed> allowed) {
        this.allowed = allowed;
    }

    public static ReadList of(String... requests) {
        return new ReadList(Stream.of(requests)
                .map(request -> request.split(" ", 2))
                .map(parts -> new Allowed(parts[0], split(parts[1])))
                .toList());
    }

    /** @param path percent-encoded, relative to the connection's address */
    boolean allows(String method, String path) {
        List<String> segments = split(path);
        return allowed.stream().anyMatch(entry -> entry.method().equals(method) && matches(entry.segments(), segments));
    }

    private static boolean matches(List<String> pattern, List<String> path) {
        boolean open = pattern.get(pattern.size() - 1).equals("**");
        int fixed = open ? pattern.size() - 1 : pattern.size();
        if (open ? path.size() <= fixed : path.size() != fixed) {
            return false;
        }
        for (int index = 0; index < fixed; index++) {
            String expected = pattern.get(index);
            String actual = path.get(index);
            if (expected.equals("*") ? actual.isEmpty() : !expected.equals(actual)) {
                return false;
            }
        }
        return path.stream().noneMatch(segment -> segment.equals(".") || segment.equals(".."));
    }

    private static List<String> split(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
