package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Response wrapping: the answer is kept under a token that opens it once. */
final class VaultWrapping {

    private static final String INVALID = "wrapping token is not valid or does not exist";

    private final VaultStore store;

    VaultWrapping(VaultStore store) {
        this.store = store;
    }

    /** Wraps an answer that carries something, if the request asks for it. */
    TwinResponse wrapIfAsked(TwinRequest request, TwinResponse response) {
        Duration ttl = VaultAnswers.duration(request.header("x-vault-wrap-ttl"), Duration.ZERO);
        if (ttl.isZero() || response.status() != 200) {
            return response;
        }
        String path = String.join("/", Routes.segments(request.path()).subList(1, segments(request)));
        VaultToken token = new VaultToken("s." + store.random(24), store.random(24), path, store.now());
        token.policies = List.of("response-wrapping");
        token.displayName = "";
        token.orphan = true;
        token.renewable = false;
        token.uses = 1;
        token.ttl = ttl;
        token.explicitMaxTtl = ttl;
        token.expiresAt = token.issuedAt.plus(ttl);
        token.wrapped = response;
        store.add(token);
        ObjectNode envelope = VaultAnswers.envelope().put("request_id", "");
        ObjectNode info = Json.object().put("token", token.id).put("accessor", token.accessor);
        info.put("ttl", ttl.toSeconds()).put("creation_time", token.issuedAt.toString());
        info.put("creation_path", path);
        String wrapped = Json.text(Json.parse(response.body()).path("auth"), "accessor", "");
        if (!wrapped.isEmpty()) {
            info.put("wrapped_accessor", wrapped);
        }
        envelope.set("wrap_info", info);
        return VaultAnswers.plain(200, envelope);
    }

    private static int segments(TwinRequest request) {
        return Routes.segments(request.path()).size();
    }

    /** The token stands in the body, or is the one that the request comes with. */
    TwinResponse unwrap(Call call) {
        String id = Json.text(call.body(), "token", call.request().header("x-vault-token"));
        VaultToken token = valid(id);
        store.revoke(token);
        return token.wrapped == null ? TwinResponse.empty(204) : token.wrapped;
    }

    TwinResponse lookup(Call call) {
        VaultToken token = valid(Json.text(call.body(), "token", call.request().header("x-vault-token")));
        return VaultAnswers.data(Json.object()
                .put("creation_path", token.path)
                .put("creation_time", token.issuedAt.toString())
                .put("creation_ttl", token.ttl.toSeconds()));
    }

    TwinResponse wrap(Call call) {
        return VaultAnswers.data(call.body());
    }

    private VaultToken valid(String id) {
        return store.tokenById(id)
                .filter(token -> token.wrapped != null)
                .orElseThrow(() -> VaultAnswers.error(400, INVALID));
    }
}
