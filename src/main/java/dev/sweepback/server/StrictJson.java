package dev.sweepback.server;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads what came from outside. Says what is wrong with it by naming the place, never by quoting it. */
final class StrictJson {

    private static final int LONGEST = 1000;
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Pattern LINE = Pattern.compile("(?=.*\\S)[^\\p{Cntrl}\\u0080-\\u009F\\u2028\\u2029]+");
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private StrictJson() {}

    static ObjectNode object(byte[] body) {
        try {
            return object(MAPPER.readTree(body));
        } catch (JacksonException e) {
            throw notJson();
        }
    }

    static ObjectNode object(String text) {
        try {
            return object(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw notJson();
        }
    }

    // A cause would quote what came.
    private static SignalRefused notJson() {
        return SignalRefused.body("it is not one JSON value without repeated keys");
    }

    static ObjectNode object(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw SignalRefused.body("an object was expected");
    }

    static void onlyKeys(ObjectNode node, String... known) {
        if (!List.of(known).containsAll(node.propertyNames())) {
            throw SignalRefused.body("there is a key besides " + String.join(", ", known));
        }
    }

    /** Empty if there is none. */
    static ObjectNode section(ObjectNode node, String key) {
        return node.has(key) ? object(node.path(key)) : MAPPER.createObjectNode();
    }

    static String required(ObjectNode node, String key) {
        return text(node, key).orElseThrow(() -> SignalRefused.body("'" + key + "' is missing"));
    }

    static Optional<String> text(ObjectNode node, String key) {
        if (!node.has(key)) {
            return Optional.empty();
        }
        JsonNode value = node.path(key);
        if (!value.isString() || !isLine(value.asString())) {
            throw SignalRefused.body("'" + key + "' is no text in one line of at most " + LONGEST + " characters");
        }
        return Optional.of(value.asString());
    }

    /** Text in one line, with nothing that a terminal would obey. */
    static boolean isLine(String text) {
        return text.length() <= LONGEST
                && LINE.matcher(text).matches()
                && StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    static Optional<Instant> time(ObjectNode node, String key) {
        return text(node, key)
                .map(text -> {
                    try {
                        return OffsetDateTime.parse(text).toInstant();
                    } catch (DateTimeException e) {
                        throw SignalRefused.body("'" + key + "' is no time such as 2026-11-20T20:00:00Z");
                    }
                })
                .filter(time -> !time.isBefore(EARLIEST));
    }
}
