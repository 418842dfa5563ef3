package dev.sweepback.sandbox;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a twin answers; an empty body means none. */
record TwinResponse(int status, Map<String, String> headers, String body) {

    TwinResponse {
        headers = Map.copyOf(headers);
    }

    static TwinResponse empty(int status) {
        return new TwinResponse(status, Map.of(), "");
    }

    static TwinResponse json(int status, JsonNode body) {
        return new TwinResponse(status, Map.of("Content-Type", "application/json; charset=utf-8"), body.toString());
    }

    TwinResponse with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new TwinResponse(status, more, body);
    }

    TwinResponse withBody(String contentType, String text) {
        return new TwinResponse(status, headers, text).with("Content-Type", contentType);
    }
}
