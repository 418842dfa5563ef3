package dev.sweepback.adapter.vault;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads values out of an answer's {@code data}. A value of the wrong form is {@link Malformed}, never a default. */
final class Answered {

    /** The answer lacks a value, or holds one of another form; the message names the value's name alone. */
    static final class Malformed extends RuntimeException {
        private static final long serialVersionUID = 1;

        Malformed(String name) {
            super(name);
        }
    }

    private final JsonNode data;

    Answered(JsonNode data) {
        this.data = data;
    }

    String text(String name) {
        JsonNode value = data.path(name);
        if (!value.isString()) {
            throw new Malformed(name);
        }
        return value.asString();
    }

    /** A text that the system leaves out, or gives empty, where there is none. */
    Optional<String> optionalText(String name) {
        JsonNode value = data.path(name);
        return value.isNull() || value.isMissingNode()
                ? Optional.empty()
                : Optional.of(text(name)).filter(text -> !text.isEmpty());
    }

    boolean flag(String name) {
        JsonNode value = data.path(name);
        if (!value.isBoolean()) {
            throw new Malformed(name);
        }
        return value.asBoolean();
    }

    long number(String name) {
        JsonNode value = data.path(name);
        if (!value.isIntegralNumber()) {
            throw new Malformed(name);
        }
        return value.asLong();
    }

    /** A number that the system leaves out when it is zero. */
    long numberOrZero(String name) {
        return data.path(name).isMissingNode() || data.path(name).isNull() ? 0 : number(name);
    }

    Instant time(String name) {
        try {
            return OffsetDateTime.parse(text(name)).toInstant();
        } catch (DateTimeException e) {
            throw new Malformed(name);
        }
    }

    Optional<Instant> optionalTime(String name) {
        JsonNode value = data.path(name);
        return value.isNull() || value.isMissingNode() ? Optional.empty() : Optional.of(time(name));
    }

    JsonNode whole() {
        return data;
    }

    JsonNode node(String name) {
        return data.path(name);
    }

    /** A list of texts that the system leaves out, or gives as null, when it is empty. */
    List<String> texts(String name) {
        JsonNode value = data.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || value.valueStream().anyMatch(text -> !text.isString())) {
            throw new Malformed(name);
        }
        return value.valueStream().map(JsonNode::asString).toList();
    }

    /** Texts by name, which the system leaves out, or gives as null, when there are none. */
    Map<String, String> textMap(String name) {
        JsonNode value = data.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Map.of();
        }
        if (!value.isObject() || value.valueStream().anyMatch(text -> !text.isString())) {
            throw new Malformed(name);
        }
        Map<String, String> texts = new HashMap<>();
        value.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asString()));
        return texts;
    }
}
