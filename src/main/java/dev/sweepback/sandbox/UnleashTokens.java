package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** API tokens: shown in clear, and named by their secret in the path of whoever changes them. */
final class UnleashTokens {

    private static final List<String> TYPES = List.of("client", "frontend", "admin");

    private final Clock clock;
    private final Map<String, ObjectNode> tokens = new LinkedHashMap<>();

    UnleashTokens(Clock clock) {
        this.clock = clock;
    }

    /** Keeps a token under a secret of its own. */
    ObjectNode add(String secret, JsonNode given) {
        List<String> projects = Json.strings(given.path("projects"));
        List<String> shown = projects.isEmpty() ? List.of("*") : projects;
        ObjectNode token = Json.object().put("secret", secret).put("tokenName", Json.text(given, "tokenName", ""));
        token.put("type", Json.text(given, "type", "client"));
        token.put("project", shown.size() == 1 ? shown.get(0) : "[]").set("projects", Json.array(shown));
        token.put("environment", Json.text(given, "environment", "development"));
        token.set("expiresAt", given.path("expiresAt").isString() ? given.path("expiresAt") : token.nullNode());
        token.put("createdAt", UnleashViews.time(clock.instant()))
                .putNull("alias")
                .putNull("seenAt");
        tokens.put(secret, token);
        return token;
    }

    /** Under a secret that the server makes. */
    ObjectNode add(JsonNode given) {
        List<String> projects = Json.strings(given.path("projects"));
        String secret = "%s:%s.%s"
                .formatted(
                        projects.size() == 1 ? projects.get(0) : projects.isEmpty() ? "*" : "[]",
                        Json.text(given, "environment", "development"),
                        UUID.randomUUID().toString().replace("-", ""));
        return add(secret, given);
    }

    boolean knows(String secret, Predicate<String> type) {
        ObjectNode token = tokens.get(secret);
        return token != null && type.test(Json.text(token, "type", ""));
    }

    /** How many there are for one environment. */
    long countOf(String environment) {
        return tokens.values().stream()
                .filter(token -> Json.text(token, "environment", "").equals(environment))
                .count();
    }

    TwinResponse list(Call call) {
        return shown(token -> true);
    }

    TwinResponse byName(Call call) {
        return shown(token -> Json.text(token, "tokenName", "").equals(call.at("name")));
    }

    private TwinResponse shown(Predicate<ObjectNode> which) {
        List<ObjectNode> found =
                new ArrayList<>(tokens.values().stream().filter(which).toList());
        Collections.reverse(found);
        found.sort(Comparator.comparingInt(token -> TYPES.indexOf(Json.text(token, "type", ""))));
        ObjectNode body = Json.object();
        body.set("tokens", Json.nodes(found));
        return TwinResponse.json(200, body);
    }

    /** Makes a new secret, whatever the request names. */
    TwinResponse post(Call call) {
        ObjectNode answer = add(call.body()).deepCopy();
        answer.remove("seenAt");
        if (answer.path("expiresAt").isNull()) {
            answer.remove("expiresAt");
        }
        return TwinResponse.json(201, answer).with("Location", "api-tokens");
    }

    TwinResponse put(Call call) {
        ObjectNode token = tokens.get(call.at("name"));
        if (token != null) {
            token.put("expiresAt", Json.text(call.body(), "expiresAt", ""));
        }
        return TwinResponse.empty(200);
    }

    /** Says the same whether there was one or not (recording: api-token-delete-again). */
    TwinResponse delete(Call call) {
        tokens.remove(call.at("name"));
        return TwinResponse.empty(200);
    }
}
