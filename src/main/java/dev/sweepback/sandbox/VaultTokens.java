package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code auth/token}: create, also through a role, list, look up, renew, revoke. */
final class VaultTokens {

    /** What a role adds to the tokens created through it. */
    record Role(
            List<String> allowedPolicies,
            boolean orphan,
            Duration period,
            Duration explicitMaxTtl,
            List<String> sources,
            List<String> aliases) {

        /** As {@code auth/token/roles/NAME} is written. */
        static Role of(JsonNode settings) {
            return new Role(
                    Json.strings(settings.path("allowed_policies")),
                    Json.flag(settings, "orphan", false),
                    VaultAnswers.duration(settings.path("token_period"), Duration.ZERO),
                    VaultAnswers.duration(settings.path("token_explicit_max_ttl"), Duration.ZERO),
                    Json.strings(settings.path("token_bound_cidrs")),
                    Json.strings(settings.path("allowed_entity_aliases")));
        }
    }

    private static final Duration DEFAULT_TTL = Duration.ofDays(32);

    private final VaultStore store;
    private final Map<String, Role> roles = new HashMap<>();

    VaultTokens(VaultStore store) {
        this.store = store;
    }

    void role(String name, Role role) {
        roles.put(name, role);
    }

    VaultToken caller(TwinRequest request) {
        return store.tokenById(request.header("x-vault-token")).orElseThrow(VaultAnswers::badToken);
    }

    TwinResponse list(Call call) {
        return VaultAnswers.keys(
                store.tokens().stream().map(token -> token.accessor).toList());
    }

    TwinResponse lookupSelf(Call call) {
        return VaultAnswers.data(caller(call.request()).lookup(true, store.now()));
    }

    TwinResponse lookup(Call call) {
        return VaultAnswers.data(store.tokenById(Json.text(call.body(), "token", ""))
                .orElseThrow(() -> VaultAnswers.error(403, "bad token"))
                .lookup(true, store.now()));
    }

    TwinResponse lookupAccessor(Call call) {
        return VaultAnswers.data(byAccessor(call).lookup(false, store.now()));
    }

    TwinResponse revokeAccessor(Call call) {
        store.revoke(byAccessor(call));
        return VaultAnswers.done();
    }

    TwinResponse revokeSelf(Call call) {
        store.revoke(caller(call.request()));
        return VaultAnswers.done();
    }

    TwinResponse revoke(Call call) {
        String id = tokenId(call);
        if (id.startsWith("b.")) {
            throw VaultAnswers.error(400, "batch tokens cannot be revoked");
        }
        store.tokenById(id).ifPresent(store::revoke);
        return VaultAnswers.done();
    }

    TwinResponse revokeOrphan(Call call) {
        store.tokenById(tokenId(call)).ifPresent(store::revokeOrphaning);
        return VaultAnswers.done();
    }

    TwinResponse renewSelf(Call call) {
        VaultToken token = caller(call.request());
        if (!token.renewable || token.expiresAt == null) {
            throw VaultAnswers.error(400, "lease is not renewable");
        }
        Duration increment = VaultAnswers.duration(call.body().path("increment"), token.ttl);
        Instant end = renewedUntil(token, increment);
        token.expiresAt = end;
        store.lease(token.leaseId()).ifPresent(lease -> {
            store.extend(lease, end);
            lease.renewedAt = store.now();
        });
        return VaultAnswers.auth(token.auth(store.now()), null);
    }

    private Instant renewedUntil(VaultToken token, Duration increment) {
        Instant until = store.now()
                .plus(
                        !token.period.isZero()
                                ? token.period
                                : !token.rolePeriod.isZero() ? token.rolePeriod : increment);
        for (Duration longest : List.of(token.explicitMaxTtl, token.maxTtl)) {
            if (!longest.isZero() && until.isAfter(token.issuedAt.plus(longest))) {
                until = token.issuedAt.plus(longest);
            }
        }
        return until;
    }

    TwinResponse create(Call call) {
        VaultToken caller = caller(call.request());
        ObjectNode body = call.body();
        if (!Json.text(body, "entity_alias", "").isEmpty()) {
            throw VaultAnswers.error(400, "'entity_alias' is only allowed in combination with token role");
        }
        if (Json.flag(body, "no_parent", false) && !caller.root()) {
            throw VaultAnswers.error(400, "root or sudo privileges required to create orphan token");
        }
        requireMayAskForPeriod(caller, body);
        List<String> policies = policies(body, caller);
        if (!caller.root() && !caller.policies.containsAll(policies)) {
            throw VaultAnswers.error(400, "child policies must be subset of parent");
        }
        String given = Json.text(body, "id", "");
        if (given.startsWith("s.")) {
            throw VaultAnswers.error(400, "custom token ID cannot have the 's.' prefix");
        }
        VaultToken token = build("auth/token/create", body, policies);
        token.orphan = Json.flag(body, "no_parent", false);
        token.parent = token.orphan ? null : caller.accessor;
        store(token);
        return VaultAnswers.auth(
                token.auth(store.now()),
                given.isEmpty()
                        ? null
                        : "Supplying a custom ID for the token uses the weaker SHA1 hashing instead of the more secure SHA2-256 HMAC for token obfuscation. SHA1 hashed tokens on the wire leads to less secure lookups.");
    }

    TwinResponse createThroughRole(Call call) {
        String name = call.at("role");
        Role role = roles.get(name);
        if (role == null) {
            throw VaultAnswers.error(400, "unknown role " + name);
        }
        VaultToken caller = caller(call.request());
        requireMayAskForPeriod(caller, call.body());
        Set<String> allowed = withDefault(role.allowedPolicies());
        boolean unnamed = call.body().path("policies").isEmpty();
        List<String> policies = unnamed ? policiesOf(role, call.body()) : policies(call.body(), caller);
        if (!allowed.containsAll(policies)) {
            throw VaultAnswers.error(
                    400,
                    "token policies (%s) must be subset of the role's allowed policies (%s)"
                            .formatted(VaultAnswers.quoted(policies), VaultAnswers.quoted(allowed)));
        }
        VaultToken token = build("auth/token/create/" + name, call.body(), policies);
        token.role = name;
        token.orphan = role.orphan();
        token.parent = role.orphan() ? null : caller.accessor;
        token.sources = role.sources();
        token.entityId = entity(role, Json.text(call.body(), "entity_alias", ""));
        if (!role.period().isZero()) {
            token.rolePeriod = role.period();
            token.ttl = role.period();
            token.expiresAt = token.issuedAt.plus(role.period());
        }
        if (!role.explicitMaxTtl().isZero()) {
            token.explicitMaxTtl = role.explicitMaxTtl();
        }
        store(token);
        return VaultAnswers.auth(token.auth(store.now()), null);
    }

    /** Only a role may name the entity (recordings: token-recreate-entity-alias-no-role, undo-token-lookup-entity-alias). */
    private static String entity(Role role, String alias) {
        if (alias.isEmpty()) {
            return "";
        }
        if (!role.aliases().contains(alias)) {
            throw VaultAnswers.error(400, "invalid 'entity_alias' value");
        }
        return VaultLogins.entity(alias);
    }

    /** After Vault's source: also through a role, whose own period needs no right. */
    private static void requireMayAskForPeriod(VaultToken caller, JsonNode body) {
        if (!caller.root()
                && !VaultAnswers.duration(body.path("period"), Duration.ZERO).isZero()) {
            throw VaultAnswers.error(400, "root or sudo privileges required to create periodic token");
        }
    }

    /** A token as the body of a create request describes it, without a parent yet. */
    VaultToken build(String path, JsonNode body, List<String> policies) {
        boolean batch = Json.text(body, "type", "service").equals("batch");
        String id = Json.text(body, "id", (batch ? "b." : "s.") + store.random(24));
        VaultToken token = new VaultToken(id, store.random(24), path, store.now());
        token.policies = List.copyOf(policies);
        token.type = batch ? "batch" : "service";
        token.meta = body.path("meta") instanceof ObjectNode meta ? meta.deepCopy() : null;
        String name = Json.text(body, "display_name", "");
        token.displayName = name.isEmpty() ? "token" : "token-" + name;
        token.uses = Json.number(body, "num_uses", 0);
        token.renewable = !batch && Json.flag(body, "renewable", true);
        token.period = VaultAnswers.duration(body.path("period"), Duration.ZERO);
        token.explicitMaxTtl = VaultAnswers.duration(body.path("explicit_max_ttl"), Duration.ZERO);
        boolean endless = token.policies.contains("root") && !body.has("ttl");
        token.ttl = endless ? Duration.ZERO : ttl(token, body);
        token.expiresAt = endless ? null : token.issuedAt.plus(token.ttl);
        return token;
    }

    private static Duration ttl(VaultToken token, JsonNode body) {
        if (!token.period.isZero()) {
            return token.period;
        }
        Duration ttl = VaultAnswers.duration(body.path("ttl"), DEFAULT_TTL);
        boolean capped = !token.explicitMaxTtl.isZero() && ttl.compareTo(token.explicitMaxTtl) > 0;
        return capped ? token.explicitMaxTtl : ttl;
    }

    private void store(VaultToken token) {
        if (!token.type.equals("batch")) {
            store.add(token);
        }
    }

    private static List<String> policies(JsonNode body, VaultToken caller) {
        TreeSet<String> policies = new TreeSet<>(Json.strings(body.path("policies")));
        if (policies.isEmpty()) {
            policies.addAll(caller.policies);
        }
        if (!policies.contains("root") && !Json.flag(body, "no_default_policy", false)) {
            policies.add("default");
        }
        return List.copyOf(policies);
    }

    /** A request that names no policies gets all that the role allows. */
    private static List<String> policiesOf(Role role, JsonNode body) {
        boolean bare = Json.flag(body, "no_default_policy", false)
                && !role.allowedPolicies().isEmpty();
        return bare ? role.allowedPolicies() : List.copyOf(withDefault(role.allowedPolicies()));
    }

    private static Set<String> withDefault(List<String> policies) {
        TreeSet<String> all = new TreeSet<>(policies);
        all.add("default");
        return all;
    }

    private VaultToken byAccessor(Call call) {
        return store.token(Json.text(call.body(), "accessor", ""))
                .orElseThrow(() -> VaultAnswers.listed(400, "invalid accessor"));
    }

    private static String tokenId(Call call) {
        String id = Json.text(call.body(), "token", "");
        if (id.isEmpty()) {
            throw VaultAnswers.error(400, "missing token ID");
        }
        return id;
    }
}
