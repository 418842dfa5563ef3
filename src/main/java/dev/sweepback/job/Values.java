package dev.sweepback.job;

import dev.sweepback.connector.Rate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a mapping that {@link Structure} found no fault with. */
record Values(Node.Mapping mapping) {

    static Values of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return new Values(mapping);
        }
        throw new IllegalStateException("not checked before it was read");
    }

    Set<String> names() {
        return mapping.entries().keySet();
    }

    boolean has(String key) {
        return mapping.entries().containsKey(key);
    }

    /** The place of the value; of the mapping if there is none. */
    Place place(String key) {
        return mapping.get(key).map(Node::place).orElse(mapping.place());
    }

    /** The place of the first character of a text. */
    Place contentPlace(String key) {
        return mapping.get(key).orElse(null) instanceof Node.Scalar scalar ? scalar.content() : mapping.place();
    }

    /** The place of the key; of the mapping if there is none. */
    Place keyPlace(String key) {
        Node.Entry entry = mapping.entries().get(key);
        return entry == null ? mapping.place() : entry.place();
    }

    Optional<String> find(String key) {
        return mapping.get(key).map(Values::scalar);
    }

    String text(String key) {
        return find(key).orElseThrow(() -> new IllegalStateException("not checked before it was read: " + key));
    }

    int number(String key, int otherwise) {
        return find(key).map(Integer::parseInt).orElse(otherwise);
    }

    boolean flag(String key, boolean otherwise) {
        return find(key).map(text -> text.equalsIgnoreCase("true")).orElse(otherwise);
    }

    /** What stands under a key that is there. */
    Node node(String key) {
        return mapping.get(key).orElseThrow(() -> new IllegalStateException("not checked before it was read: " + key));
    }

    Duration duration(String key, Duration otherwise) {
        return find(key).map(Durations::parse).orElse(otherwise);
    }

    Optional<Rate> rate(String key) {
        return section(key).find("perSecond").map(Integer::parseInt).map(Rate::new);
    }

    /** Empty if there is no such key. */
    Values section(String key) {
        return mapping.get(key)
                .map(Values::of)
                .orElseGet(() -> new Values(new Node.Mapping(mapping.place(), Map.of())));
    }

    /** Empty if there is no such key. */
    List<Node> items(String key) {
        return mapping.get(key).orElse(null) instanceof Node.Sequence sequence ? sequence.items() : List.of();
    }

    static String scalar(Node node) {
        if (node instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        throw new IllegalStateException("not checked before it was read");
    }
}
