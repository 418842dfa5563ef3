package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The forms that Vault's answers have, whatever they are about: lists, look-ups, wrapped answers. */
final class VaultRequests {

    private final Api api;

    VaultRequests(Api api) {
        this.api = api;
    }

    /** The answer, whatever its status. */
    Response send(Request request) {
        return api.send(request);
    }

    /** @throws ConnectorException if the status is no success */
    Response call(Request request) {
        return api.call(request);
    }

    ConnectorException judge(Request request, Response response) {
        return api.judge(request, response);
    }

    ConnectorException malformed(Request request, String what) {
        return api.malformed(request, what);
    }

    /** The answer as JSON. @throws ConnectorException if the status is no success */
    JsonNode json(Request request, Response response) {
        if (!response.successful()) {
            throw api.judge(request, response);
        }
        return api.json(request, response);
    }

    /** One level of a list; empty if Vault says that nothing is there. Folders end in a slash. */
    List<String> keys(Request request) {
        return keys(request, api.send(request));
    }

    List<String> keys(Request request, Response response) {
        if (VaultErrors.saysNothingThere(response)) {
            return List.of();
        }
        JsonNode keys = json(request, response).path("data").path("keys");
        if (!keys.isArray() || keys.valueStream().anyMatch(key -> !key.isString())) {
            throw api.malformed(request, "was answered without data.keys");
        }
        return keys.valueStream().map(JsonNode::asString).toList();
    }

    /** What is looked up; empty if Vault refuses with this text, which says that there is none. */
    <T> Optional<T> lookup(Request request, String gone, Function<Answered, T> read) {
        return lookup(request, response -> VaultErrors.says(response, gone), read);
    }

    /** @param gone whether an answer, also a successful one, says that there is none */
    <T> Optional<T> lookup(Request request, Predicate<Response> gone, Function<Answered, T> read) {
        Response response = api.send(request);
        return gone.test(response) ? Optional.empty() : Optional.of(parse(request, json(request, response), read));
    }

    <T> T parse(Request request, JsonNode body, Function<Answered, T> read) {
        try {
            return read.apply(new Answered(body.path("data")));
        } catch (Answered.Malformed e) {
            throw api.malformed(request, "was answered without a proper data." + e.getMessage());
        }
    }

    /** Sends it so that the answer comes wrapped. */
    Wrapped wrapped(Request request, Duration ttl) {
        return wrapped(request, ttl, api::judge);
    }

    /** @param judge what a refusal means */
    Wrapped wrapped(Request request, Duration ttl, BiFunction<Request, Response, ConnectorException> judge) {
        Response response = api.send(request.header("X-Vault-Wrap-TTL", Long.toString(ttl.toSeconds())));
        if (!response.successful()) {
            throw judge.apply(request, response);
        }
        JsonNode info = api.json(request, response).path("wrap_info");
        if (!info.isObject()) {
            throw api.malformed(request, "was answered without the wrapping that was asked for");
        }
        try {
            Answered data = new Answered(info);
            return new Wrapped(
                    new Secret(data.text("token")),
                    Optional.of(data.node("wrapped_accessor").asString("")).filter(text -> !text.isEmpty()),
                    data.text("creation_path"),
                    Duration.ofSeconds(data.number("ttl")));
        } catch (Answered.Malformed e) {
            throw api.malformed(request, "was answered without a proper wrap_info." + e.getMessage());
        }
    }

    static ObjectNode object(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }
}
