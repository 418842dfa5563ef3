package dev.sweepback.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** One exchange with a real server, and how an answer is held against it. */
record Recording(String name, JsonNode request, JsonNode response) {

    /** What a client may act on; the others are the doing of the web server in between. */
    private static final Set<String> HEADERS = Set.of("cache-control", "content-type", "location", "etag");

    static Recording load(String system, String name) throws IOException {
        try (InputStream file = Recording.class.getResourceAsStream("/recordings/" + system + "/" + name + ".json")) {
            if (file == null) {
                throw new IOException("no recording " + name);
            }
            JsonNode exchange = Json.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return new Recording(name, exchange.path("request"), exchange.path("response"));
        }
    }

    /** Every recording there is of a system. */
    static List<String> names(String system) throws IOException {
        URL folder = Objects.requireNonNull(Recording.class.getResource("/recordings/" + system));
        try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
            return files.map(file -> file.getFileName().toString().replaceFirst("\\.json$", ""))
                    .sorted()
                    .toList();
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
     * What differs in status, headers and body. A value that is made at random or tells a time is held against the recorded
     * one by its form, unless the request named it.
     *
     * @param ignored JSON pointers into the body that may differ; {@code *} stands for any number
     */
    List<String> differences(TwinClient.Answer answer, Map<String, String> replaced, Set<String> ignored) {
        List<String> differences = new ArrayList<>();
        if (answer.status() != status()) {
            differences.add("status %d instead of %d: %s".formatted(answer.status(), status(), answer.body()));
            return differences;
        }
        compareHeaders(answer, differences);
        String sent = path(replaced) + body(replaced);
        JsonNode expected = Json.parse(replace(response.path("body").toString(), replaced));
        compare("", expected, answer.json(), sent, ignored, differences);
        return differences;
    }

    private void compareHeaders(TwinClient.Answer answer, List<String> into) {
        Map<String, String> recorded = new TreeMap<>();
        response.path("headers")
                .properties()
                .forEach(header -> recorded.put(
                        header.getKey().toLowerCase(Locale.ROOT),
                        header.getValue().asString()));
        for (String name : HEADERS) {
            Fresh expected = new Fresh(recorded.getOrDefault(name, ""));
            Fresh found = new Fresh(answer.headers().getOrDefault(name, ""));
            if (!expected.form().equals(found.form())) {
                into.add("header %s is \"%s\" instead of \"%s\"".formatted(name, found.text(), expected.text()));
            }
        }
    }

    private static void compare(
            String at, JsonNode expected, JsonNode found, String sent, Set<String> ignored, List<String> into) {
        if (isIgnored(at, ignored)) {
            return;
        }
        if (expected.isObject() && found.isObject()) {
            Set<String> names = new TreeSet<>(expected.propertyNames());
            names.addAll(found.propertyNames());
            for (String name : names) {
                String pointer = at + "/" + name.replace("~", "~0").replace("/", "~1");
                if (!isIgnored(pointer, ignored) && expected.has(name) != found.has(name)) {
                    into.add(pointer + (found.has(name) ? " is too much" : " is missing"));
                } else if (expected.has(name)) {
                    compare(pointer, expected.path(name), found.path(name), sent, ignored, into);
                }
            }
        } else if (expected.isArray() && found.isArray()) {
            if (expected.size() != found.size()) {
                into.add(at + " has " + found.size() + " elements instead of " + expected.size());
            }
            for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
                compare(at + "/" + i, expected.path(i), found.path(i), sent, ignored, into);
            }
        } else if (!same(expected, found, sent)) {
            into.add(at + " is " + found + " instead of " + expected);
        }
    }

    private static boolean isIgnored(String pointer, Set<String> ignored) {
        return ignored.contains(pointer) || ignored.contains(pointer.replaceAll("/\\d+(?=/|$)", "/*"));
    }

    private static boolean same(JsonNode expected, JsonNode found, String sent) {
        if (!expected.isString() || !found.isString() || sent.contains(expected.asString())) {
            return expected.equals(found);
        }
        return new Fresh(expected.asString()).form().equals(new Fresh(found.asString()).form());
    }
}
