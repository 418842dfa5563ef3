package dev.sweepback.sandbox;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code auth/approle}: login, and the secret-ids of a role by accessor. Names of roles are kept in small letters. */
final class VaultAppRole {

    private static final String BASE = "/v1/auth/approle";

    private final VaultStore store;
    private final VaultLogins logins;
    private final Map<String, VaultLoginRole> roles = new TreeMap<>();
    private final Map<String, VaultLoginRole> rolesById = new HashMap<>();

    VaultAppRole(VaultStore store, VaultLogins logins) {
        this.store = store;
        this.logins = logins;
    }

    void route(Routes routes) {
        String role = BASE + "/role/{role}";
        routes.on("POST", BASE + "/login", this::login)
                .on("LIST", BASE + "/role", call -> VaultAnswers.keys(roles.keySet()))
                .on("GET", role, call -> VaultAnswers.data(find(call).settings()))
                .on(
                        "GET",
                        role + "/role-id",
                        call -> VaultAnswers.data(Json.object().put("role_id", find(call).id)))
                .on("LIST", role + "/secret-id", this::list)
                .on("POST", role + "/secret-id", this::create)
                .on("POST", role + "/secret-id/lookup", this::lookup)
                .on("POST", role + "/custom-secret-id", this::createWithValue)
                .on("POST", role + "/secret-id-accessor/lookup", this::lookupAccessor)
                .on("POST", role + "/secret-id-accessor/destroy", this::destroyAccessor);
    }

    String role(String name, JsonNode settings) {
        VaultLoginRole role = new VaultLoginRole(name.toLowerCase(Locale.ROOT), settings);
        roles.put(role.name, role);
        rolesById.put(role.id, role);
        return role.id;
    }

    SecretId add(String role, JsonNode description) {
        return add(find(role), UUID.randomUUID().toString(), description).secret;
    }

    Optional<VaultSecretId> find(String role, String accessor) {
        return find(role).accessor(accessor);
    }

    void destroy(String role, String accessor) {
        find(role, accessor).ifPresent(find(role)::remove);
    }

    private VaultSecretId add(VaultLoginRole role, String value, JsonNode body) {
        return role.add(value, metadata(body), body, store.now());
    }

    private TwinResponse login(Call call) {
        VaultLoginRole role = rolesById.get(Json.text(call.body(), "role_id", ""));
        if (role == null) {
            throw VaultAnswers.error(400, "invalid role ID");
        }
        role.expire(store.now());
        VaultSecretId secret = role.value(Json.text(call.body(), "secret_id", ""))
                .orElseThrow(() -> VaultAnswers.error(400, "invalid secret id"));
        role.use(secret, store.now());
        ObjectNode meta = secret.metadata.deepCopy();
        return logins.answer(new VaultLogins.Login(
                "auth/approle/login",
                "approle",
                role.id,
                meta.put("role_name", role.name),
                role.texts("token_policies"),
                !role.flag("token_no_default_policy"),
                role.seconds("token_ttl"),
                role.seconds("token_max_ttl"),
                role.seconds("token_explicit_max_ttl"),
                role.seconds("token_period"),
                Json.number(role.settings(), "token_num_uses", 0),
                secret.tokenSources.isEmpty() ? role.texts("token_bound_cidrs") : secret.tokenSources));
    }

    private TwinResponse list(Call call) {
        return VaultAnswers.keys(find(call).all().stream()
                .map(secret -> secret.secret.accessor())
                .toList());
    }

    private TwinResponse create(Call call) {
        return created(add(find(call), UUID.randomUUID().toString(), call.body()));
    }

    private TwinResponse createWithValue(Call call) {
        String value = Json.text(call.body(), "secret_id", "");
        VaultLoginRole role = find(call);
        if (role.value(value).isPresent()) {
            throw VaultAnswers.listed(500, "failed to store secret_id: SecretID is already registered");
        }
        return created(add(role, value, call.body()));
    }

    private static TwinResponse created(VaultSecretId added) {
        return VaultAnswers.data(Json.object()
                .put("secret_id", added.secret.id())
                .put("secret_id_accessor", added.secret.accessor())
                .put("secret_id_ttl", added.ttl.toSeconds()));
    }

    private TwinResponse lookup(Call call) {
        return find(call)
                .value(Json.text(call.body(), "secret_id", ""))
                .map(secret -> VaultAnswers.data(secret.lookup()))
                .orElseGet(VaultAnswers::done);
    }

    /** An accessor of another role is 204 with nothing; an unknown one is 500. */
    private TwinResponse lookupAccessor(Call call) {
        return find(call)
                .accessor(knownAccessor(call))
                .map(secret -> VaultAnswers.data(secret.lookup()))
                .orElseGet(VaultAnswers::done);
    }

    private TwinResponse destroyAccessor(Call call) {
        VaultLoginRole role = find(call);
        role.accessor(knownAccessor(call)).ifPresent(role::remove);
        return VaultAnswers.done();
    }

    private String knownAccessor(Call call) {
        String accessor = Json.text(call.body(), "secret_id_accessor", "");
        for (VaultLoginRole role : roles.values()) {
            role.expire(store.now());
            if (role.accessor(accessor).isPresent()) {
                return accessor;
            }
        }
        throw VaultAnswers.listed(
                500, "failed to find accessor entry for secret_id_accessor: \"%s\"".formatted(accessor));
    }

    private VaultLoginRole find(Call call) {
        return find(call.at("role"));
    }

    private VaultLoginRole find(String name) {
        VaultLoginRole role = roles.get(name.toLowerCase(Locale.ROOT));
        if (role == null) {
            throw VaultAnswers.error(400, "role \"%s\" does not exist".formatted(name));
        }
        role.expire(store.now());
        return role;
    }

    private static ObjectNode metadata(JsonNode body) {
        try {
            return Json.parseObject(body.path("metadata").asString("{}"));
        } catch (JacksonException e) {
            throw VaultAnswers.error(400, "failed to parse metadata");
        }
    }

    void dump(ObjectNode dump) {
        roles.forEach((name, role) -> {
            role.expire(store.now());
            role.all().forEach(secret -> dump.set("secret-id:" + secret.secret.accessor(), secret.dump(name)));
        });
    }
}
