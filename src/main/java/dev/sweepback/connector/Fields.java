package dev.sweepback.connector;

import java.util.List;

/** What a condition can ask of a resource of one kind. */
public record Fields(List<Field> list) {

    public Fields {
        list = List.copyOf(list);
    }

    public enum Type {
        TEXT,
        NUMBER,
        BOOLEAN,
        TIME,
        TEXTS,
        TEXT_MAP
    }

    /**
     * @param optional whether it can be missing: conditions then need {@code has(resource.name)}
     * @param sample a value to try conditions on, of the Java type that {@link Resource#fields} documents
     */
    public record Field(String name, Type type, boolean optional, String description, Object sample) {}
}
