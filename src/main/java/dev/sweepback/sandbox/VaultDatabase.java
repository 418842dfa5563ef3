package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** {@code database/creds/:role}: each read issues a login under a new lease. */
final class VaultDatabase {

    private record Role(Duration ttl, Duration maxTtl) {}

    private final VaultStore store;
    private final VaultTokens tokens;
    private final Map<String, Role> roles = new HashMap<>();

    VaultDatabase(VaultStore store, VaultTokens tokens) {
        this.store = store;
        this.tokens = tokens;
    }

    void role(String name, Duration ttl, Duration maxTtl) {
        roles.put(name, new Role(ttl, maxTtl));
    }

    TwinResponse issue(Call call) {
        VaultLease lease = issue(call.at("role"), tokens.caller(call.request()), store.now());
        ObjectNode envelope = VaultAnswers.envelope();
        envelope.put("lease_id", lease.id).put("renewable", true);
        envelope.put(
                "lease_duration",
                Duration.between(lease.issuedAt, lease.expiresAt).toSeconds());
        ObjectNode data = Json.object().put("password", store.random(20)).put("username", lease.username);
        envelope.set("data", data);
        return VaultAnswers.plain(200, envelope);
    }

    VaultLease issue(String name, VaultToken issuer, Instant at) {
        Role role = roles.get(name);
        if (role == null) {
            throw VaultAnswers.error(400, "unknown role: " + name);
        }
        if (store.databaseDown()) {
            throw VaultAnswers.listed(
                    500, "unable to start transaction: dial tcp 127.0.0.1:15432: connect: connection refused");
        }
        return store.issue("database/creds/" + name, issuer, role.ttl(), role.maxTtl(), at);
    }
}
