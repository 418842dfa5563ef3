package dev.sweepback.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in a YAML file, with the place of everything. */
sealed interface Node {

    Place place();

    /** What it is, for a message; never its content. */
    String noun();

    /** Keys with values, in the order of the file. */
    record Mapping(Place place, Map<String, Entry> entries) implements Node {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        Optional<Node> get(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        @Override
        public String noun() {
            return "a mapping";
        }
    }

    /** One key of a mapping. */
    record Entry(Place place, Node value) {}

    /** A list. */
    record Sequence(Place place, List<Node> items) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String noun() {
            return "a list";
        }
    }

    /**
     * A single value.
     *
     * @param content where its first character stands: after a quote, or in the line after {@code |}
     * @param text as read, without quotes
     */
    record Scalar(Place place, Place content, Type type, String text) implements Node {

        enum Type {
            TEXT,
            NUMBER,
            BOOLEAN,
            NOTHING
        }

        @Override
        public String noun() {
            return switch (type) {
                case TEXT -> "text";
                case NUMBER -> "a number";
                case BOOLEAN -> "true or false";
                case NOTHING -> "empty";
            };
        }
    }
}
