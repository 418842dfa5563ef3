package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code auth/approle}: login, and the secret-ids of a role by accessor. */
final class VaultAppRole {

    private static final Duration SECRET_ID_TTL = Duration.ofDays(1);
    private static final Duration TOKEN_TTL = Duration.ofHours(1);
    private static final String BASE = "/v1/auth/approle";

    private record Entry(SecretId secret, ObjectNode metadata, Instant createdAt, int uses) {}

    private record Role(
            String id, List<String> policies, Duration ttl, Duration longest, Map<String, Entry> secretIds) {}

    private final VaultStore store;
    private final Map<String, Role> roles = new TreeMap<>();

    VaultAppRole(VaultStore store) {
        this.store = store;
    }

    void route(Routes routes) {
        String role = BASE + "/role/{role}";
        routes.on("POST", BASE + "/login", this::login)
                .on("LIST", BASE + "/role", call -> VaultAnswers.keys(roles.keySet()))
                .on("GET", role, this::read)
                .on("GET", role + "/role-id", this::roleId)
                .on("LIST", role + "/secret-id", this::list)
                .on("POST", role + "/secret-id", this::create)
                .on("POST", role + "/secret-id/lookup", this::lookup)
                .on("POST", role + "/custom-secret-id", this::createWithValue)
                .on("POST", role + "/secret-id-accessor/lookup", this::lookupAccessor)
                .on("POST", role + "/secret-id-accessor/destroy", this::destroyAccessor);
    }

    String role(String name, List<String> policies) {
        return role(name, policies, TOKEN_TTL, Duration.ZERO);
    }

    /** @param longest what a renewal never goes beyond; zero for no limit */
    String role(String name, List<String> policies, Duration ttl, Duration longest) {
        Role role = new Role(UUID.randomUUID().toString(), List.copyOf(policies), ttl, longest, new LinkedHashMap<>());
        roles.put(name, role);
        return role.id();
    }

    SecretId add(String role, Map<String, String> metadata) {
        ObjectNode json = Json.object();
        metadata.forEach(json::put);
        return add(find(role), UUID.randomUUID().toString(), json, 0);
    }

    private SecretId add(Role role, String value, ObjectNode metadata, int uses) {
        SecretId secret = new SecretId(value, UUID.randomUUID().toString());
        role.secretIds().put(secret.accessor(), new Entry(secret, metadata, store.now(), uses));
        return secret;
    }

    private TwinResponse login(Call call) {
        ObjectNode body = call.body();
        String roleId = Json.text(body, "role_id", "");
        String secretId = Json.text(body, "secret_id", "");
        Map.Entry<String, Role> role = roles.entrySet().stream()
                .filter(known -> known.getValue().id().equals(roleId))
                .findFirst()
                .orElseThrow(() -> VaultAnswers.error(400, "invalid role ID"));
        expire(role.getValue());
        Entry entry = role.getValue().secretIds().values().stream()
                .filter(known -> known.secret().id().equals(secretId))
                .findFirst()
                .orElseThrow(() -> VaultAnswers.error(400, "invalid secret id"));
        VaultToken token = new VaultToken("s." + store.random(24), store.random(24), "auth/approle/login", store.now());
        token.policies = role.getValue().policies();
        token.displayName = "approle";
        token.orphan = true;
        token.entityId = UUID.nameUUIDFromBytes(roleId.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .toString();
        ObjectNode meta = entry.metadata().deepCopy();
        token.meta = meta.put("role_name", role.getKey());
        token.ttl = role.getValue().ttl();
        token.explicitMaxTtl = role.getValue().longest();
        token.expiresAt = token.issuedAt.plus(token.ttl);
        store.add(token);
        return VaultAnswers.auth(token.auth(store.now()), null);
    }

    private TwinResponse read(Call call) {
        ObjectNode data = Json.object().put("bind_secret_id", true).put("local_secret_ids", false);
        data.putNull("secret_id_bound_cidrs").put("secret_id_num_uses", 0);
        data.put("secret_id_ttl", SECRET_ID_TTL.toSeconds()).putNull("token_bound_cidrs");
        data.put("token_explicit_max_ttl", 0).put("token_max_ttl", 14400);
        data.put("token_no_default_policy", false).put("token_num_uses", 0).put("token_period", 0);
        data.set("token_policies", Json.array(find(call.at("role")).policies()));
        return VaultAnswers.data(data.put("token_ttl", TOKEN_TTL.toSeconds()).put("token_type", "default"));
    }

    private TwinResponse roleId(Call call) {
        return VaultAnswers.data(
                Json.object().put("role_id", find(call.at("role")).id()));
    }

    private TwinResponse list(Call call) {
        return VaultAnswers.keys(find(call.at("role")).secretIds().keySet());
    }

    private TwinResponse create(Call call) {
        return created(add(find(call.at("role")), UUID.randomUUID().toString(), metadata(call), uses(call)));
    }

    private TwinResponse createWithValue(Call call) {
        String value = Json.text(call.body(), "secret_id", "");
        Role role = find(call.at("role"));
        if (role.secretIds().values().stream()
                .anyMatch(entry -> entry.secret().id().equals(value))) {
            throw VaultAnswers.listed(500, "failed to store secret_id: SecretID is already registered");
        }
        return created(add(role, value, metadata(call), 0));
    }

    private static TwinResponse created(SecretId secret) {
        return VaultAnswers.data(Json.object()
                .put("secret_id", secret.id())
                .put("secret_id_accessor", secret.accessor())
                .put("secret_id_ttl", SECRET_ID_TTL.toSeconds()));
    }

    private TwinResponse lookup(Call call) {
        String value = Json.text(call.body(), "secret_id", "");
        return find(call.at("role")).secretIds().values().stream()
                .filter(entry -> entry.secret().id().equals(value))
                .findFirst()
                .map(entry -> VaultAnswers.data(json(entry)))
                .orElseGet(VaultAnswers::done);
    }

    /** An accessor of another role is 204 with nothing; an unknown one is 500. */
    private TwinResponse lookupAccessor(Call call) {
        Entry entry = find(call.at("role")).secretIds().get(knownAccessor(call));
        return entry == null ? VaultAnswers.done() : VaultAnswers.data(json(entry));
    }

    private TwinResponse destroyAccessor(Call call) {
        find(call.at("role")).secretIds().remove(knownAccessor(call));
        return VaultAnswers.done();
    }

    private String knownAccessor(Call call) {
        String accessor = Json.text(call.body(), "secret_id_accessor", "");
        if (roles.values().stream()
                .peek(this::expire)
                .noneMatch(role -> role.secretIds().containsKey(accessor))) {
            throw VaultAnswers.listed(
                    500, "failed to find accessor entry for secret_id_accessor: \"%s\"".formatted(accessor));
        }
        return accessor;
    }

    private Role find(String name) {
        Role role = roles.get(name);
        if (role == null) {
            throw VaultAnswers.error(400, "role \"%s\" does not exist".formatted(name));
        }
        expire(role);
        return role;
    }

    private void expire(Role role) {
        role.secretIds()
                .values()
                .removeIf(entry -> !entry.createdAt().plus(SECRET_ID_TTL).isAfter(store.now()));
    }

    private static ObjectNode metadata(Call call) {
        JsonNode given = call.body().path("metadata");
        try {
            return Json.parseObject(given.asString("{}"));
        } catch (JacksonException e) {
            throw VaultAnswers.error(400, "failed to parse metadata");
        }
    }

    private static int uses(Call call) {
        return Json.number(call.body(), "num_uses", 0);
    }

    private static ObjectNode json(Entry entry) {
        ObjectNode json = Json.object();
        json.putArray("cidr_list");
        json.put("creation_time", entry.createdAt().toString());
        json.put("expiration_time", entry.createdAt().plus(SECRET_ID_TTL).toString());
        json.put("last_updated_time", entry.createdAt().toString());
        json.set("metadata", entry.metadata().deepCopy());
        json.put("secret_id_accessor", entry.secret().accessor()).put("secret_id_num_uses", entry.uses());
        json.put("secret_id_ttl", SECRET_ID_TTL.toSeconds()).putArray("token_bound_cidrs");
        return json;
    }

    void dump(ObjectNode dump) {
        roles.forEach((name, role) -> {
            expire(role);
            role.secretIds().forEach((accessor, entry) -> {
                ObjectNode thing = dump.putObject("secret-id:" + accessor).put("role", name);
                thing.set("metadata", entry.metadata().deepCopy());
                thing.put("num_uses", entry.uses())
                        .put("creation_time", entry.createdAt().toString());
            });
        });
    }
}
