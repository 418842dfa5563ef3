package dev.sweepback.connector;

import java.util.Optional;

/** Parts of a path between slashes, in text that users write: an id, a prefix. */
public final class Segments {

    private Segments() {}

    /**
     * The first part that no system can be asked for: {@code .} and {@code ..} mean another place, and doubled slashes are
     * taken for one. An empty part counts at both ends too.
     */
    public static Optional<String> unusable(String path) {
        for (String segment : path.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                return Optional.of(segment);
            }
        }
        return Optional.empty();
    }
}
