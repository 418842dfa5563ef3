package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The AppRoles of a Vault and their secret-ids, as people keep them. */
public final class AppRoles {

    private final VaultAppRole appRole;
    private final Object lock;

    AppRoles(VaultAppRole appRole, Object lock) {
        this.appRole = appRole;
        this.lock = lock;
    }

    /** Adds an AppRole; returns its role id. */
    public String role(String name, List<String> tokenPolicies) {
        return role(name, Json.object().set("token_policies", Json.array(tokenPolicies)));
    }

    /**
     * Adds an AppRole whose tokens end; returns its role id.
     *
     * @param longest what a renewal never goes beyond; zero for no limit
     */
    public String role(String name, List<String> tokenPolicies, Duration ttl, Duration longest) {
        ObjectNode settings = Json.object().put("token_ttl", ttl.toSeconds());
        settings.put("token_explicit_max_ttl", longest.toSeconds());
        return role(name, settings.set("token_policies", Json.array(tokenPolicies)));
    }

    /** Adds an AppRole as {@code auth/approle/role/NAME} is written; returns its role id. */
    public String role(String name, JsonNode settings) {
        synchronized (lock) {
            return appRole.role(name, settings);
        }
    }

    /** Adds a secret-id to an AppRole. */
    public SecretId addSecretId(String role, Map<String, String> metadata) {
        ObjectNode json = Json.object();
        metadata.forEach(json::put);
        return addSecretId(role, Json.object().put("metadata", json.toString()));
    }

    /** Adds a secret-id with the body of {@code auth/approle/role/NAME/secret-id}. */
    public SecretId addSecretId(String role, JsonNode description) {
        synchronized (lock) {
            return appRole.add(role, description);
        }
    }

    public boolean secretIdIsLive(String role, String accessor) {
        synchronized (lock) {
            return appRole.find(role, accessor).isPresent();
        }
    }

    /** Removes a secret-id, as a person does. */
    public void destroySecretId(String role, String accessor) {
        synchronized (lock) {
            appRole.destroy(role, accessor);
        }
    }
}
