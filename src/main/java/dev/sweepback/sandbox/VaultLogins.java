package dev.sweepback.sandbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** What a login gives: an orphan token of an entity. */
final class VaultLogins {

    /**
     * @param path of the login, without {@code /v1/}
     * @param alias what tells its holder from others
     */
    record Login(
            String path,
            String displayName,
            String alias,
            ObjectNode meta,
            List<String> policies,
            boolean withDefaultPolicy,
            Duration ttl,
            Duration maxTtl,
            Duration explicitMaxTtl,
            Duration period,
            int uses,
            List<String> sources) {}

    private final VaultStore store;

    VaultLogins(VaultStore store) {
        this.store = store;
    }

    /** The same holder is the same entity at each login. */
    static String entity(String alias) {
        return UUID.nameUUIDFromBytes(alias.getBytes(StandardCharsets.UTF_8)).toString();
    }

    TwinResponse answer(Login login) {
        Instant now = store.now();
        VaultToken token = new VaultToken("s." + store.random(24), store.random(24), login.path(), now);
        TreeSet<String> policies = new TreeSet<>(login.policies());
        if (login.withDefaultPolicy()) {
            policies.add("default");
        }
        token.policies = List.copyOf(policies);
        token.displayName = login.displayName();
        token.orphan = true;
        token.entityId = entity(login.alias());
        token.meta = login.meta();
        token.sources = login.sources();
        token.uses = login.uses();
        token.rolePeriod = login.period();
        token.maxTtl = login.maxTtl();
        token.explicitMaxTtl = login.explicitMaxTtl();
        token.ttl = login.period().isZero() ? login.ttl() : login.period();
        token.expiresAt = now.plus(token.ttl);
        store.add(token);
        return VaultAnswers.auth(token.auth(now), null);
    }
}
