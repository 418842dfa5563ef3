package dev.sweepback.undo;

import dev.sweepback.journal.OperationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The part of a run to take back: {@code kind=}, {@code connection=}, {@code name=} with globs, or operation ids (or their
 * first characters), separated by commas. Keys must all hold; ids are alternatives.
 */
public record Only(Optional<String> kind, Optional<String> connection, Optional<String> name, List<String> operations) {

    public static final Only ALL = new Only(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    private static final int SHORTEST_ID = 4;

    public Only {
        operations = List.copyOf(operations);
    }

    /** @throws IllegalArgumentException with the expected form */
    public static Only parse(String text) {
        Optional<String> kind = Optional.empty();
        Optional<String> connection = Optional.empty();
        Optional<String> name = Optional.empty();
        List<String> operations = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (value.isEmpty() || (equals < 0 && value.length() < SHORTEST_ID)) {
                throw wrong(part);
            }
            switch (key) {
                case "kind" -> kind = Optional.of(value);
                case "connection" -> connection = Optional.of(value);
                case "name" -> name = Optional.of(value);
                case "" -> operations.add(value);
                default -> throw wrong(part);
            }
        }
        return new Only(kind, connection, name, operations);
    }

    private static IllegalArgumentException wrong(String part) {
        return new IllegalArgumentException(
                "'" + part
                        + "' is not understood: write kind=flag, connection=unleash, name=dark-*, or operation ids (4 characters or more), separated by commas");
    }

    public boolean isAll() {
        return equals(ALL);
    }

    /** Whether the operation belongs to this part. */
    public boolean covers(OperationRecord operation) {
        return kind.map(glob -> matches(glob, operation.ref().kind())).orElse(true)
                && connection
                        .map(glob -> matches(glob, operation.ref().connection()))
                        .orElse(true)
                && name.map(glob -> matches(glob, operation.name())
                                || matches(glob, operation.ref().id()))
                        .orElse(true)
                && (operations.isEmpty()
                        || operations.stream()
                                .anyMatch(id -> operation.id().value().startsWith(id)));
    }

    private static boolean matches(String glob, String text) {
        String pattern = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.matches(pattern, text);
    }
}
