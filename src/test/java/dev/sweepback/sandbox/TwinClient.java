package dev.sweepback.sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Talks to a twin as plainly as can be. */
final class TwinClient {

    record Answer(int status, String body, Map<String, String> headers) {
        JsonNode json() {
            return Json.parse(body.isEmpty() ? "null" : body);
        }
    }

    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private final URI base;
    private final Map<String, String> headers;

    TwinClient(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    static TwinClient of(UnleashTwin twin) {
        return new TwinClient(twin.url(), Map.of("Authorization", twin.token()));
    }

    static TwinClient of(GithubTwin twin) {
        return new TwinClient(twin.url(), Map.of("Authorization", "Bearer " + twin.token()));
    }

    static TwinClient of(VaultTwin twin) {
        return vault(twin, twin.token());
    }

    static TwinClient vault(VaultTwin twin, String token) {
        return new TwinClient(twin.url(), Map.of("X-Vault-Token", token));
    }

    TwinClient with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new TwinClient(base, more);
    }

    TwinClient without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(headers);
        fewer.remove(name);
        return new TwinClient(base, fewer);
    }

    Answer get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    Answer send(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(30))
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        Map<String, String> answered = new LinkedHashMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> answered.put(name.toLowerCase(java.util.Locale.ROOT), values.get(0)));
        return new Answer(response.statusCode(), response.body(), answered);
    }
}
