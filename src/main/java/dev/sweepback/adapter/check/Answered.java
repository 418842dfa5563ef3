package dev.sweepback.adapter.check;

import dev.sweepback.adapter.http.Response;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answer to a check.
 *
 * @param hidden what must not be shown of it
 */
record Answered(Response response, Hidden hidden) {

    /** A document that says a thing twice says nothing. */
    private static final ObjectReader JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build()
            .readerFor(JsonNode.class);

    int status() {
        return response.status();
    }

    /** Whether the status says something of the asking, and nothing of what was asked for. */
    boolean saysNothing() {
        return switch (status()) {
            case 401, 403, 407, 408, 429 -> true;
            default -> status() >= 500 || (status() >= 300 && status() < 400);
        };
    }

    /** The body, if it is JSON, whatever it is called. */
    Optional<JsonNode> json() {
        if (response.body().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(JSON.readValue(response.body()));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    String shown(JsonNode value) {
        return hidden.in(value.toString());
    }
}
