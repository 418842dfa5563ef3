package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * A key of an engine of version 1, which keeps nothing about it but its value (recording {@code kv1-read-200}).
 *
 * @param value a secret, as a text of JSON: read as JSON, long numbers in it would be rounded
 */
record KvPlain(KvPath path, String value) implements KvKey {

    static final String VALUE = "value";

    @Override
    public boolean live(Instant at) {
        return true;
    }

    @Override
    public Map<String, Object> fields(Instant at) {
        return Map.of(
                "path", path.toString(),
                "mount", path.mount().path(),
                "engine", 1L,
                "versions", List.of(),
                "customMetadata", Map.of());
    }

    @Override
    public String fingerprint(Redaction redaction) {
        return redaction.fingerprint(path + " " + value).substring(0, 32);
    }

    @Override
    public State state() {
        return State.of(JsonNodeFactory.instance
                .objectNode()
                .put(ENGINE, 1)
                .put("path", path.toString())
                .put(VALUE, value));
    }

    /** Leaves the value out. */
    @Override
    public String toString() {
        return "KvPlain[" + path + "]";
    }
}
