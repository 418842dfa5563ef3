package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The twin against what was recorded from a real Vault 1.8. */
class VaultRecordingsTest {

    /** Pointers that may differ, with the reason. */
    private static final Map<String, Set<String>> DEVIATIONS = Map.of(
            // address ranges are not modelled
            "token-lookup-accessor-role-periodic-orphan-200", Set.of("/data/bound_cidrs"),
            "approle-secret-id-accessor-lookup-200", Set.of("/data/cidr_list", "/data/token_bound_cidrs"),
            "approle-token-survives-secret-id-destroy-200", Set.of("/data/bound_cidrs"),
            // the twin's database has its own moment of issue
            "kv2-read-deleted-404", Set.of("/data/metadata/created_time", "/data/metadata/deletion_time"),
            "kv2-read-destroyed-404", Set.of("/data/metadata/created_time"),
            "health-standby-429", Set.of("/server_time_utc", "/cluster_name", "/cluster_id"));

    /** Fresh in every answer. */
    private static final Set<String> ALWAYS = Set.of("/request_id", "/server_time_utc");

    private final SteppedClock clock = new SteppedClock();
    private final VaultTwin twin = new VaultTwin(clock, 0);
    private final Map<String, String> replaced = new HashMap<>();
    private String token = twin.token();

    @AfterEach
    void stop() {
        twin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "accessors-list-without-sudo-403",
                "approle-custom-secret-id-200",
                "approle-custom-secret-id-duplicate-500",
                "approle-login-200",
                "approle-login-destroyed-secret-id-400",
                "approle-login-invalid-role-400",
                "approle-role-id-200",
                "approle-role-list-200",
                "approle-role-read-200",
                "approle-secret-id-accessor-destroy-204",
                "approle-secret-id-accessor-destroy-again-500",
                "approle-secret-id-accessor-lookup-200",
                "approle-secret-id-accessor-lookup-after-destroy-500",
                "approle-secret-id-accessor-lookup-unknown-500",
                "approle-secret-id-accessor-lookup-wrong-role-204",
                "approle-secret-id-create-200",
                "approle-secret-id-list-200",
                "approle-secret-id-list-empty-404",
                "approle-secret-id-list-unknown-role-400",
                "approle-secret-id-wrapped-200",
                "bad-json-400",
                "bad-token-403",
                "daemon-capabilities-self-200",
                "daemon-create-token-noperm-403",
                "daemon-create-token-policy-not-allowed-400",
                "daemon-create-token-unwrapped-denied-403",
                "daemon-create-token-wrapped-200",
                "daemon-db-creds-unwrapped-denied-403",
                "daemon-kv2-destroy-denied-403",
                "daemon-kv2-metadata-delete-denied-403",
                "daemon-lookup-self-200",
                "daemon-renew-self-200",
                "daemon-revoke-force-denied-403",
                "daemon-revoke-prefix-denied-403",
                "daemon-revoke-self-204",
                "db-creds-backend-down-500",
                "db-creds-unknown-role-400",
                "health-200",
                "health-standby-429",
                "health-uninitialized-501",
                "kv1-delete-204",
                "kv1-read-200",
                "kv1-read-404",
                "kv1-write-204",
                "kv2-cas-mismatch-400",
                "kv2-delete-latest-204",
                "kv2-delete-versions-204",
                "kv2-destroy-204",
                "kv2-list-200",
                "kv2-metadata-200",
                "kv2-metadata-after-delete-200",
                "kv2-metadata-delete-204",
                "kv2-metadata-gone-404",
                "kv2-read-200",
                "kv2-read-deleted-404",
                "kv2-read-destroyed-404",
                "kv2-undelete-204",
                "kv2-undelete-destroyed-204",
                "kv2-undelete-gone-204",
                "kv2-write-200",
                "kv2-wrong-path-404",
                "lease-issue-db-creds-200",
                "lease-list-db-role-200",
                "lease-list-empty-404",
                "lease-list-no-permission-403",
                "lease-list-partial-name-404",
                "lease-list-root-200",
                "lease-list-without-sudo-403",
                "lease-lookup-200",
                "lease-lookup-after-failed-lazy-revoke-200",
                "lease-lookup-after-failed-revoke-200",
                "lease-lookup-after-revoke-400",
                "lease-lookup-missing-param-400",
                "lease-lookup-unknown-400",
                "lease-renew-200",
                "lease-renew-revoked-400",
                "lease-revoke-already-revoked-204",
                "lease-revoke-default-sync-omitted-204",
                "lease-revoke-force-204",
                "lease-revoke-force-backend-failure-204",
                "lease-revoke-missing-id-400",
                "lease-revoke-prefix-empty-204",
                "lease-revoke-prefix-sync-204",
                "lease-revoke-prefix-sync-backend-failure-400",
                "lease-revoke-prefix-sync-false-202",
                "lease-revoke-prefix-trailing-slash-400",
                "lease-revoke-sync-204",
                "lease-revoke-sync-backend-down-400",
                "lease-revoke-sync-backend-failure-400",
                "lease-revoke-sync-false-202",
                "lease-revoke-sync-false-unknown-202",
                "lease-revoke-unknown-204",
                "missing-token-400",
                "no-handler-404",
                "no-permission-403",
                "not-active-node-500",
                "renew-self-expired-token-403",
                "sealed-approle-login-503",
                "sealed-health-503",
                "sealed-lease-list-503",
                "sealed-lease-revoke-503",
                "sealed-seal-status-200",
                "token-create-200",
                "token-create-batch-200",
                "token-create-custom-id-400",
                "token-create-custom-id2-200",
                "token-create-no_parent-without-sudo-400",
                "token-create-policy-escalation-400",
                "token-create-role-200",
                "token-list-accessors-200",
                "token-lookup-accessor-200",
                "token-lookup-accessor-after-revoke-400",
                "token-lookup-accessor-periodic-200",
                "token-lookup-accessor-unknown-400",
                "token-lookup-self-root-200",
                "token-recreate-entity-alias-no-role-400",
                "token-revoke-accessor-204",
                "token-revoke-accessor-already-revoked-400",
                "token-revoke-accessor-unknown-400",
                "token-revoke-batch-400",
                "token-revoke-orphan-by-accessor-400",
                "uninitialized-node-503",
                "undo-lease-dies-with-daemon-token-400",
                "undo-lease-dies-on-issuer-expiry-400",
                "wrap-arbitrary-200",
                "wrap-db-creds-200",
                "wrap-lookup-200",
                "wrap-lookup-used-400",
                "wrap-token-create-200",
                "wrap-token-lookup-accessor-200",
                "wrap-unwrap-200",
                "wrap-unwrap-expired-400",
                "wrap-unwrap-second-time-400"
            })
    void theTwinAnswersAsTheRealServerDid(String name) throws Exception {
        Recording recording = Recording.load("vault", name);
        prepare(name);

        TwinClient client = TwinClient.vault(twin, token);
        if (token.isEmpty()) {
            client = client.without("X-Vault-Token");
        }
        String wrap = Json.text(recording.request().path("headers"), "X-Vault-Wrap-TTL", "");
        if (!wrap.isEmpty()) {
            client = client.with("X-Vault-Wrap-TTL", wrap);
        }
        TwinClient.Answer answer = client.send(recording.method(), recording.path(replaced), recording.body(replaced));

        Set<String> ignored = new java.util.HashSet<>(DEVIATIONS.getOrDefault(name, Set.of()));
        ignored.addAll(ALWAYS);
        assertThat(recording.differences(answer, replaced, ignored)).isEmpty();
    }

    private void prepare(String name) throws Exception {
        if (name.startsWith("approle") || name.startsWith("sealed-approle")) {
            prepareAppRole(name);
        } else if (name.startsWith("kv")) {
            prepareSecrets(name);
        } else if (name.contains("lease") || name.startsWith("db-")) {
            prepareLeases(name);
        } else if (name.startsWith("wrap")) {
            prepareWrapping(name);
        } else {
            prepareTokens(name);
        }
        prepareServer(name);
    }

    private void prepareServer(String name) {
        if (name.startsWith("sealed")) {
            twin.seal();
        } else if (name.startsWith("uninitialized") || name.startsWith("health-uninit")) {
            twin.uninitialise();
        } else if (name.startsWith("health-standby")) {
            twin.standBy();
        } else if (name.startsWith("not-active")) {
            twin.loseActiveNode();
        }
        switch (name) {
            case "missing-token-400" -> token = "";
            case "bad-token-403" -> token = "s.unknown";
            case "no-permission-403",
                    "accessors-list-without-sudo-403",
                    "lease-list-without-sudo-403",
                    "lease-list-no-permission-403" -> {
                twin.policy("none", List.of("sys/", "auth/token/accessors"), List.of());
                token = issue("none").id();
            }
            default -> {}
        }
    }

    private VaultTwin.IssuedToken issue(String policy) {
        ObjectNode description = Json.object().put("ttl", "1h").put("no_parent", true);
        description.putArray("policies").add(policy);
        description.putObject("meta").put("role_name", policy);
        return twin.createToken(description);
    }

    private void prepareTokens(String name) throws Exception {
        twin.tokenRole("ops", List.of("default", "p1"), true);
        twin.tokenRole("purge-undo", List.of("default", "p1"), true);
        twin.databaseRole("upgrade", Duration.ofHours(1), Duration.ofHours(24));
        if (name.startsWith("daemon")) {
            twin.policy(
                    "purge-daemon",
                    List.of(
                            "secret/destroy",
                            "secret/metadata/up/c",
                            "sys/leases/revoke-force",
                            "sys/leases/revoke-prefix"),
                    List.of("auth/token/create", "database/creds/upgrade"));
            token = issue("purge-daemon").id();
        }
        JsonNode described =
                Recording.load("vault", "token-create-200").request().path("body");
        VaultTwin.IssuedToken made = twin.createToken(described);
        replaced.put("Uer9cOMcUa0BtsQe3dg87uqY", made.accessor());
        if (name.contains("periodic")) {
            ObjectNode periodic = Json.object().put("period", "1h");
            periodic.putArray("policies").add("p1");
            replaced.put("Tq0gC2WL2aHpBU0KgNI5TWTz", twin.createToken(periodic).accessor());
        }
        if (name.contains("after-revoke") || name.contains("already-revoked")) {
            twin.revokeToken(made.accessor());
        }
        if (name.contains("escalation") || name.contains("without-sudo-400")) {
            token = issue("nosudo").id();
        }
        if (name.startsWith("renew-self-expired")) {
            token = issue("p1").id();
            clock.advance(Duration.ofHours(2));
        }
    }

    private void prepareLeases(String name) {
        twin.databaseRole("upgrade", Duration.ofHours(1), Duration.ofHours(24));
        twin.databaseRole("broken", Duration.ofHours(1), Duration.ofHours(24));
        if (name.contains("empty") || name.contains("issue")) {
            return;
        }
        String lease = twin.issueLease("upgrade");
        for (String recorded : List.of(
                "fDcYiagujYWFkAMbQDjTybW4",
                "6mwaM1u4JiyM5h660QpGDYI9",
                "YFeLkoBVOozTQgpQfwzMzuxF",
                "1aPQdBIe2NLWCp2QCnb8RB17",
                "3PBwSMdNw2wFyfVslaOh1yCU")) {
            replaced.put("database/creds/upgrade/" + recorded, lease);
        }
        twin.failRevocations(
                "broken", "pq: role \"nope_v-token-broken-FAUAPcvkuvtfoG4IroU4-1795469111\" does not exist");
        String broken = twin.issueLease("broken");
        replaced.put("database/creds/broken/e4mAjOyiYVYQQrEx8zWp9YZK", broken);
        replaced.put("database/creds/broken/cVLnYc7MW8mkCeL4YgCfflg9", broken);
        if (name.contains("after-failed-lazy")) {
            clock.advance(Duration.ofHours(2));
        }
        if (name.contains("after-revoke") || name.contains("already-revoked") || name.contains("renew-revoked")) {
            twin.revokeLease(lease);
        }
        twin.databaseDown(name.contains("backend-down"));
        if (name.startsWith("undo-lease-dies")) {
            VaultTwin.IssuedToken daemon = issue("daemon");
            replaced.put("database/creds/upgrade/S8qlZKkYjKM9C8Im9cOCMAiz", issuedBy(daemon));
            replaced.put("database/creds/upgrade/TZ34H7LeWQD793LUmt6N6AR7", issuedBy(daemon));
            if (name.contains("expiry")) {
                clock.advance(Duration.ofHours(1));
            } else {
                twin.revokeToken(daemon.accessor());
            }
        }
    }

    private String issuedBy(VaultTwin.IssuedToken daemon) {
        return twin.issueLease("upgrade", daemon.accessor(), clock.instant());
    }

    private void prepareWrapping(String name) throws Exception {
        twin.databaseRole("upgrade", Duration.ofHours(1), Duration.ofHours(24));
        String path = name.contains("token") ? "/v1/auth/token/create" : "/v1/database/creds/upgrade";
        TwinClient root = TwinClient.of(twin).with("X-Vault-Wrap-TTL", "5m");
        JsonNode info = root.send(name.contains("token") ? "POST" : "GET", path, "")
                .json()
                .path("wrap_info");
        String wrapping = Json.text(info, "token", "");
        replaced.put("s.REDACTEDtoken0000000001", wrapping);
        replaced.put("m39Bb9U8VBCP1obxwOvW9fJo", Json.text(info, "accessor", ""));
        if (name.contains("used") || name.contains("second")) {
            TwinClient.vault(twin, wrapping).send("POST", "/v1/sys/wrapping/unwrap", "");
        }
        if (name.contains("expired")) {
            clock.advance(Duration.ofMinutes(6));
        }
        if (name.contains("unwrap")) {
            token = wrapping;
        }
    }

    private void prepareSecrets(String name) throws Exception {
        if (name.equals("kv2-write-200") || name.contains("gone") || name.equals("kv1-read-404")) {
            return;
        }
        ObjectNode value = Json.object().put("k", "v").put("ttl", "30m");
        twin.writeSecretV1("up/a", value);
        for (int i = 1; i <= 3; i++) {
            twin.writeSecret("up/a", Json.object().put("k", "v" + i));
        }
        TwinClient root = TwinClient.of(twin);
        if (name.contains("read-deleted") || name.contains("after-delete") || name.equals("kv2-undelete-204")) {
            root.send("DELETE", "/v1/secret/data/up/a", "");
        }
        if (name.contains("destroyed")) {
            root.send("POST", "/v1/secret/destroy/up/a", "{\"versions\":[1]}");
        }
    }

    private void prepareAppRole(String name) {
        replaced.put("64246ea7-d637-a1b4-c076-460c1e8a46a8", twin.appRole("limited", List.of("default")));
        twin.appRole("app", List.of("default"));
        if (name.contains("destroyed-secret") || name.contains("again") || name.contains("after-destroy")) {
            return;
        }
        if (!name.contains("custom-secret-id-200")) {
            SecretId secret = twin.addSecretId("limited", Map.of("upgrade", "42"));
            replaced.put("6b63a166-16d1-89df-929e-d045befe6296", secret.id());
            replaced.put("1c84b871-95b1-8207-947e-4b6f976ca939", secret.accessor());
        }
    }
}
