package dev.sweepback.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** One exchange with a real server, and how an answer is held against it. */
record Recording(String name, JsonNode request, JsonNode response) {

    static Recording load(String system, String name) throws IOException {
        try (InputStream file = Recording.class.getResourceAsStream("/recordings/" + system + "/" + name + ".json")) {
            if (file == null) {
                throw new IOException("no recording " + name);
            }
            JsonNode exchange = Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return new Recording(name, exchange.path("request"), exchange.path("response"));
        }
    }

    int status() {
        return response.path("status").asInt();
    }

    String method() {
        return request.path("method").asString();
    }

    String path(Map<String, String> replaced) {
        return replace(request.path("path").asString(), replaced);
    }

    /** A recorded text is a body that was no JSON. */
    String body(Map<String, String> replaced) {
        JsonNode body = request.path("body");
        if (body.isNull() || body.isMissingNode()) {
            return "";
        }
        return body.isString() ? body.asString() : replace(body.toString(), replaced);
    }

    static String replace(String text, Map<String, String> replaced) {
        String result = text;
        for (Map.Entry<String, String> entry : replaced.entrySet()) {
            result = result.replace(entry.getKey(), entry.getValue());
        }
        return result;
    }

    /**
     * What differs: for errors every value, else field names and types.
     *
     * @param ignored JSON pointers that may differ
     */
    List<String> differences(TwinClient.Answer answer, Map<String, String> replaced, Set<String> ignored) {
        List<String> differences = new ArrayList<>();
        if (answer.status() != status()) {
            differences.add("status %d instead of %d: %s".formatted(answer.status(), status(), answer.body()));
            return differences;
        }
        JsonNode expected = Json.parse(replace(response.path("body").toString(), replaced));
        compare("", expected, answer.json(), status() >= 400, ignored, differences);
        return differences;
    }

    private static void compare(
            String at, JsonNode expected, JsonNode found, boolean exact, Set<String> ignored, List<String> into) {
        if (ignored.contains(at)) {
            return;
        }
        if (expected.isObject() && found.isObject()) {
            Set<String> names = new TreeSet<>(expected.propertyNames());
            names.addAll(found.propertyNames());
            for (String name : names) {
                if (!ignored.contains(at + "/" + name) && expected.has(name) != found.has(name)) {
                    into.add(at + "/" + name + (found.has(name) ? " is too much" : " is missing"));
                } else if (expected.has(name)) {
                    compare(at + "/" + name, expected.path(name), found.path(name), exact, ignored, into);
                }
            }
        } else if (expected.isArray() && found.isArray()) {
            if (expected.isEmpty() != found.isEmpty()) {
                into.add(at + " has " + found.size() + " elements instead of " + expected.size());
            }
            for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
                compare(at + "/" + i, expected.path(i), found.path(i), exact, ignored, into);
            }
        } else if (exact && !expected.equals(found)) {
            into.add(at + " is " + found + " instead of " + expected);
        } else if (!expected.isNull() && !found.isNull() && expected.getNodeType() != found.getNodeType()) {
            into.add(at + " is a " + found.getNodeType() + " instead of a " + expected.getNodeType());
        }
    }
}
