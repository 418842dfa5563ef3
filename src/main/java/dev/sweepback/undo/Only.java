package dev.sweepback.undo;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.OperationRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The part of a run to take back: {@code kind=}, {@code connection=}, {@code name=} with globs, or operation ids (or their
 * first characters), separated by commas. A key given more than once holds if one of its globs does, ids likewise; different keys
 * must all hold.
 */
public record Only(List<String> kinds, List<String> connections, List<String> names, List<String> operations) {

    public static final Only ALL = new Only(List.of(), List.of(), List.of(), List.of());

    private static final int SHORTEST_ID = 4;

    public Only {
        kinds = List.copyOf(kinds);
        connections = List.copyOf(connections);
        names = List.copyOf(names);
        operations = List.copyOf(operations);
    }

    /** These operations and no others. */
    public static Only operations(List<OperationId> ids) {
        return new Only(
                List.of(),
                List.of(),
                List.of(),
                ids.stream().map(OperationId::value).toList());
    }

    /** @throws IllegalArgumentException with the expected form */
    public static Only parse(String text) {
        List<String> kinds = new ArrayList<>();
        List<String> connections = new ArrayList<>();
        List<String> names = new ArrayList<>();
        List<String> operations = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            String key = equals < 0 ? "" : part.substring(0, equals).strip();
            String value = part.substring(equals + 1).strip();
            if (value.isEmpty() || (equals < 0 && value.length() < SHORTEST_ID)) {
                throw wrong(part);
            }
            switch (key) {
                case "kind" -> kinds.add(value);
                case "connection" -> connections.add(value);
                case "name" -> names.add(value);
                case "" -> operations.add(value);
                default -> throw wrong(part);
            }
        }
        return new Only(kinds, connections, names, operations);
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
        return one(kinds, glob -> matches(glob, operation.ref().kind()))
                && one(connections, glob -> matches(glob, operation.ref().connection()))
                && one(
                        names,
                        glob -> matches(glob, operation.name())
                                || matches(glob, operation.ref().id()))
                && one(operations, id -> operation.id().value().startsWith(id));
    }

    private static boolean one(List<String> alternatives, Predicate<String> holds) {
        return alternatives.isEmpty() || alternatives.stream().anyMatch(holds);
    }

    private static boolean matches(String glob, String text) {
        String pattern = Pattern.quote(glob).replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q");
        return Pattern.matches(pattern, text);
    }
}
