package dev.sweepback.connector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/** What somebody does in a Vault without Sweepback. */
final class VaultByHand {

    private final URI url;
    private final String token;
    private final HttpClient client = HttpClient.newHttpClient();

    VaultByHand(URI url, String token) {
        this.url = url;
        this.token = token;
    }

    URI url() {
        return url;
    }

    String token() {
        return token;
    }

    /**
     * The whole answer.
     *
     * @param body JSON with single quotes
     */
    JsonNode write(String path, String body) {
        return send("POST", path, body.replace('\'', '"'))
                .orElseThrow(() -> new AssertionError("POST " + path + ": nothing there"));
    }

    Optional<JsonNode> read(String path) {
        return send("GET", path, "");
    }

    /** The {@code data} of a token's look-up. */
    Optional<JsonNode> readToken(String accessor) {
        return send("POST", "auth/token/lookup-accessor", "{\"accessor\":\"" + accessor + "\"}")
                .map(answer -> answer.path("data"));
    }

    void remove(String path) {
        send("DELETE", path, "");
    }

    List<String> list(String path) {
        return send("LIST", path, "").stream()
                .flatMap(answer -> answer.path("data").path("keys").valueStream())
                .map(JsonNode::asString)
                .toList();
    }

    /** The whole answer; empty if nothing is there. */
    private Optional<JsonNode> send(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/v1/" + path.replace(" ", "%20")))
                .header("X-Vault-Token", token)
                .header("Content-Type", "application/json")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 404 || isGone(answer)) {
                return Optional.empty();
            }
            if (answer.statusCode() >= 300) {
                throw new AssertionError(method + " " + path + " was answered with " + answer.statusCode());
            }
            return Optional.of(
                    answer.body().isBlank()
                            ? JsonNodeFactory.instance.objectNode()
                            : JsonMapper.shared().readTree(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static boolean isGone(HttpResponse<String> answer) {
        return answer.body().contains("invalid accessor")
                || answer.body().contains("invalid lease")
                || answer.body().contains("failed to find accessor entry");
    }
}
