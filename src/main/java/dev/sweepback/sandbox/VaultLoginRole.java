package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An AppRole: its settings in the server's own words, and its secret-ids, oldest first. */
final class VaultLoginRole {

    final String name;
    final String id = UUID.randomUUID().toString();
    private final ObjectNode settings;
    private final Map<String, VaultSecretId> byAccessor = new LinkedHashMap<>();
    private final Map<String, VaultSecretId> byValue = new HashMap<>();

    VaultLoginRole(String name, JsonNode given) {
        this.name = name;
        settings = Json.object().put("bind_secret_id", true).put("local_secret_ids", false);
        settings.putNull("secret_id_bound_cidrs").put("secret_id_num_uses", 0);
        settings.put("secret_id_ttl", Duration.ofDays(1).toSeconds());
        settings.putArray("token_bound_cidrs");
        settings.put("token_explicit_max_ttl", 0).put("token_max_ttl", 0);
        settings.put("token_no_default_policy", false).put("token_num_uses", 0).put("token_period", 0);
        settings.putArray("token_policies");
        settings.put("token_ttl", 3600).put("token_type", "default");
        given.properties().forEach(setting -> settings.set(setting.getKey(), setting.getValue()));
    }

    ObjectNode settings() {
        return settings.deepCopy();
    }

    Duration seconds(String setting) {
        return VaultAnswers.duration(settings.path(setting), Duration.ZERO);
    }

    List<String> texts(String setting) {
        return Json.strings(settings.path(setting));
    }

    boolean flag(String setting) {
        return Json.flag(settings, setting, false);
    }

    /** The role's ttl and number of uses count, whatever the request names (recording: approle-custom-secret-id-ttl-exceeds). */
    VaultSecretId add(String value, ObjectNode metadata, JsonNode body, Instant now) {
        List<String> sources = Json.strings(body.path("cidr_list"));
        List<String> allowed = texts("secret_id_bound_cidrs");
        if (!Cidr.within(sources, allowed)) {
            throw VaultAnswers.listed(
                    500,
                    "failed to verify subset relationship between CIDR blocks on the role %s and CIDR blocks on the secret ID %s: %%!w(<nil>)"
                            .formatted(VaultAnswers.quoted(allowed), VaultAnswers.quoted(sources)));
        }
        VaultSecretId added = new VaultSecretId(
                new SecretId(value, UUID.randomUUID().toString()),
                metadata,
                sources,
                Json.strings(body.path("token_bound_cidrs")),
                now,
                seconds("secret_id_ttl"));
        added.uses = Json.number(settings, "secret_id_num_uses", 0);
        byAccessor.put(added.secret.accessor(), added);
        byValue.put(value, added);
        return added;
    }

    Collection<VaultSecretId> all() {
        return byAccessor.values();
    }

    Optional<VaultSecretId> accessor(String accessor) {
        return Optional.ofNullable(byAccessor.get(accessor));
    }

    Optional<VaultSecretId> value(String value) {
        return Optional.ofNullable(byValue.get(value));
    }

    void remove(VaultSecretId gone) {
        byAccessor.remove(gone.secret.accessor());
        byValue.remove(gone.secret.id());
    }

    /** The last use ends it. */
    void use(VaultSecretId used, Instant now) {
        used.updatedAt = now;
        if (used.uses > 0) {
            used.uses--;
            if (used.uses == 0) {
                remove(used);
            }
        }
    }

    /** All of a role live equally long, so the first that lives on ends the search. */
    void expire(Instant now) {
        Iterator<VaultSecretId> oldestFirst = byAccessor.values().iterator();
        while (oldestFirst.hasNext()) {
            VaultSecretId next = oldestFirst.next();
            if (!next.ended(now)) {
                return;
            }
            oldestFirst.remove();
            byValue.remove(next.secret.id());
        }
    }
}
