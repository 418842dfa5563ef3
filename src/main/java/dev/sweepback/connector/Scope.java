package dev.sweepback.connector;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The part of a connection that a step lists: the values of the kind's select keys, {@code prefix} for example. */
public record Scope(Map<String, String> keys) {

    public static final Scope WHOLE = new Scope(Map.of());

    public Scope {
        keys = Map.copyOf(keys);
    }

    public Optional<String> get(String key) {
        return Optional.ofNullable(keys.get(key));
    }

    @Override
    public String toString() {
        return new TreeMap<>(keys).toString();
    }
}
