package dev.sweepback.job;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * One request of a description.
 *
 * @param path from the connection's url on; a place in it is a whole segment
 * @param query by name
 * @param headers besides those of every request
 * @param body JSON; a text in it that is nothing but a place is replaced by the value. A text that is nothing but {@code
 *     {base64:…}} is the whole body, as bytes
 * @param merge changed in the body before it is sent, as RFC 7396 says
 * @param expect by JSON pointer, what the answer must say; else it is a refusal, whatever the status
 * @param reads that it changes nothing, although its method is not GET
 * @param sets JSON pointers of what it changes, where an action takes several requests
 */
public record DescribedRequest(
        String method,
        Template path,
        Map<String, Template> query,
        Map<String, Template> headers,
        Optional<JsonNode> body,
        Optional<JsonNode> merge,
        Map<String, JsonNode> expect,
        boolean reads,
        List<String> sets) {

    public DescribedRequest {
        query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        expect = Collections.unmodifiableMap(new LinkedHashMap<>(expect));
        sets = List.copyOf(sets);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
