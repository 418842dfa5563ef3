package dev.sweepback.job;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON pointers that can say {@code *} for any name or index. */
public final class Pointers {

    private Pointers() {}

    static List<String> listed(Values values, String key) {
        return values.items(key).stream().map(Values::scalar).toList();
    }

    /** Whether one of the patterns points at the place, or at what holds it. */
    public static boolean covers(List<String> patterns, String pointer) {
        return patterns.stream().anyMatch(pattern -> covers(pattern, pointer));
    }

    private static boolean covers(String pattern, String pointer) {
        String[] wanted = pattern.split("/", -1);
        String[] found = pointer.split("/", -1);
        if (wanted.length > found.length) {
            return false;
        }
        for (int index = 1; index < wanted.length; index++) {
            if (!wanted[index].equals("*") && !wanted[index].equals(found[index])) {
                return false;
            }
        }
        return true;
    }

    /** Takes away what the pattern points at, wherever that is. */
    public static void remove(JsonNode root, String pattern) {
        if (!pattern.isEmpty()) {
            remove(root, pattern.substring(1).split("/", -1), 0);
        }
    }

    private static void remove(JsonNode node, String[] segments, int depth) {
        String name = segments[depth].replace("~1", "/").replace("~0", "~");
        boolean any = name.equals("*");
        boolean last = depth == segments.length - 1;
        if (node instanceof ObjectNode object) {
            if (last && any) {
                object.removeAll();
            } else if (last) {
                object.remove(name);
            } else if (any) {
                object.forEach(child -> remove(child, segments, depth + 1));
            } else {
                remove(object.path(name), segments, depth + 1);
            }
        } else if (node instanceof ArrayNode array && !last) {
            for (int index = 0; index < array.size(); index++) {
                if (any || name.equals(Integer.toString(index))) {
                    remove(array.path(index), segments, depth + 1);
                }
            }
        }
    }
}
