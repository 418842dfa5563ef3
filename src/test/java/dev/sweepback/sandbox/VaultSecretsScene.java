package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The part of a {@link VaultScene} that is about values and what is wrapped. */
record VaultSecretsScene(VaultScene scene) {

    void prepareWrapping(String name) throws Exception {
        boolean ofToken = name.contains("token");
        JsonNode info = scene.root
                .with("X-Vault-Wrap-TTL", ofToken ? "60" : "5m")
                .send(
                        ofToken ? "POST" : "GET",
                        ofToken ? "/v1/auth/token/create" : "/v1/database/creds/upgrade",
                        ofToken ? "{\"policies\":[\"p1\"]}" : "")
                .json()
                .path("wrap_info");
        String wrapping = Json.text(info, "token", "");
        scene.replaced.put("s.REDACTEDtoken0000000001", wrapping);
        scene.replaced.put("m39Bb9U8VBCP1obxwOvW9fJo", Json.text(info, "accessor", ""));
        if (name.contains("used") || name.contains("second")) {
            TwinClient.vault(scene.twin, wrapping).send("POST", "/v1/sys/wrapping/unwrap", "");
        }
        if (name.contains("expired")) {
            scene.clock.advance(Duration.ofMinutes(6));
        }
        if (name.contains("unwrap")) {
            scene.token = wrapping;
        }
    }

    void prepareSecrets(String name) throws Exception {
        if (name.equals("kv2-write-200") || name.contains("gone") || name.equals("kv1-read-404")) {
            return;
        }
        scene.twin.writeSecretV1("up/a", Json.object().put("k", "v").put("ttl", "30m"));
        if (name.contains("expired")) {
            Recording configure = Recording.load("vault", "kv2-metadata-config-204");
            scene.root.send("POST", configure.path(Map.of()), "{\"delete_version_after\":\"2s\"}");
        }
        for (int i = 1; i <= (name.contains("expired") ? 2 : 3); i++) {
            scene.twin.writeSecret("up/a", Json.object().put("k", "v" + i));
        }
        if (name.contains("expired")) {
            scene.clock.advance(Duration.ofSeconds(3));
        }
        if (name.contains("read-deleted") || name.contains("after-delete") || name.equals("kv2-undelete-204")) {
            scene.root.send("DELETE", "/v1/secret/data/up/a", "");
        }
        if (name.contains("destroyed")) {
            scene.root.send("POST", "/v1/secret/destroy/up/a", "{\"versions\":[1]}");
        }
    }
}
