package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a recorded exchange with Vault found: the twin is brought there, and recorded ids are replaced by the twin's. */
final class VaultScene implements AutoCloseable {

    private static final List<String> LEASES = List.of(
            "fDcYiagujYWFkAMbQDjTybW4",
            "6mwaM1u4JiyM5h660QpGDYI9",
            "YFeLkoBVOozTQgpQfwzMzuxF",
            "1aPQdBIe2NLWCp2QCnb8RB17",
            "3PBwSMdNw2wFyfVslaOh1yCU");

    final SteppedClock clock = new SteppedClock();
    final VaultTwin twin = new VaultTwin(clock, 0);
    final Map<String, String> replaced = new HashMap<>();
    final TwinClient root;
    String token;

    VaultScene(String name) throws Exception {
        token = twin.createToken(
                        Json.parse("{\"id\":\"root\",\"policies\":[\"root\"],\"no_parent\":true,\"renewable\":false}"))
                .id();
        root = TwinClient.vault(twin, token);
        twin.databaseRole("upgrade", Duration.ofHours(1), Duration.ofHours(24));
        twin.databaseRole("upgrade-short", Duration.ofSeconds(2), Duration.ofHours(24));
        twin.databaseRole("broken", Duration.ofHours(1), Duration.ofHours(24));
        twin.tokenRole("ops", Json.parse("""
                {"allowed_policies":["default","p1"],"orphan":true,"token_period":7200,"token_bound_cidrs":["127.0.0.1"]}"""));
        twin.tokenRole("purge-undo", Json.parse("""
                {"allowed_policies":["default","p1"],"orphan":true,"allowed_entity_aliases":["bob"]}"""));
        twin.user("bob", "REDACTED", List.of("default"));
        if (name.startsWith("approle") || name.startsWith("sealed-approle")) {
            prepareAppRole(name);
        } else if (name.startsWith("daemon")) {
            prepareDaemon();
        } else if (name.startsWith("kv")) {
            new VaultSecretsScene(this).prepareSecrets(name);
        } else if (name.startsWith("wrap")) {
            new VaultSecretsScene(this).prepareWrapping(name);
        } else if (name.contains("token") && !name.contains("undo-lease") && !name.contains("lease-l")) {
            prepareTokens(name);
        } else {
            prepareLeases(name);
        }
        prepareCaller(name);
        prepareServer(name);
    }

    Map<String, String> replaced() {
        return replaced;
    }

    /** Speaks to the twin as the recorded client did. */
    TwinClient client(JsonNode headers) {
        TwinClient client = TwinClient.vault(twin, token);
        String wrap = Json.text(headers, "X-Vault-Wrap-TTL", "");
        client = token.isEmpty() ? client.without("X-Vault-Token") : client;
        return wrap.isEmpty() ? client : client.with("X-Vault-Wrap-TTL", wrap);
    }

    private void prepareServer(String name) {
        if (name.startsWith("sealed")) {
            twin.troubles().seal();
        } else if (name.startsWith("uninitialized") || name.startsWith("health-uninit")) {
            twin.troubles().uninitialise();
        } else if (name.startsWith("health-standby")) {
            twin.troubles().standBy();
        } else if (name.startsWith("not-active")) {
            twin.troubles().loseActiveNode();
        }
    }

    private void prepareCaller(String name) throws Exception {
        switch (name) {
            case "missing-token-400" -> token = "";
            case "bad-token-403" -> token = "s.unknown";
            case "no-permission-403", "lease-list-no-permission-403" -> token = issue("none", "");
            case "accessors-list-without-sudo-403" ->
                token = issue("nosudo", "path \"auth/token/accessors\" { capabilities = [\"list\"] }");
            case "lease-list-without-sudo-403" ->
                token = issue("nosudo", "path \"sys/leases/lookup/*\" { capabilities = [\"list\"] }");
            case "lease-lookup-unknown-default-policy-400" -> token = issue("default", "");
            case "lease-revoke-scoped-denied-403" -> prepareDaemon();
            case "renew-self-expired-token-403" -> {
                token = issue("p1", "");
                clock.advance(Duration.ofHours(2));
            }
            case "renew-self-max-ttl-capped-warning-200" -> {
                login(
                        twin.appRoles().role("shorty", Json.parse("{\"token_ttl\":2,\"token_max_ttl\":4}")),
                        twin.appRoles().addSecretId("shorty", Map.of()).id());
                clock.advance(Duration.ofSeconds(1));
            }
            default -> {}
        }
    }

    /** A token with the default policy and this one. */
    private String issue(String policy, String text) {
        twin.policy(policy, text + "path \"none\" { capabilities = [\"read\"] }");
        ObjectNode description = Json.object().put("ttl", "1h").put("no_parent", true);
        description.putArray("policies").add(policy).add("default");
        return twin.createToken(description).id();
    }

    private void login(String roleId, String secretId) throws Exception {
        token = root.send(
                        "POST",
                        "/v1/auth/approle/login",
                        "{\"role_id\":\"%s\",\"secret_id\":\"%s\"}".formatted(roleId, secretId))
                .json()
                .at("/auth/client_token")
                .asString();
    }

    private void prepareDaemon() throws Exception {
        JsonNode policy = Recording.load("vault", "policy-write-204").request().path("body");
        twin.policy("purge-daemon", Json.text(policy, "policy", ""));
        String role = twin.appRoles().role("purge-daemon", Json.parse("""
                {"token_policies":["purge-daemon"],"token_no_default_policy":true,"token_ttl":1200,"token_max_ttl":1200}"""));
        String secret = twin.appRoles().addSecretId("purge-daemon", Map.of()).id();
        replaced.put("2d26b885-6687-cd0f-a254-0feaab59bbce", role);
        replaced.put("62cbf88b-78c2-a80e-0ecc-9dd213fd1493", secret);
        login(role, secret);
    }

    private void prepareAppRole(String name) throws Exception {
        String role = twin.appRoles().role("limited", Json.parse("""
                {"token_policies":["default"],"token_max_ttl":14400,"secret_id_num_uses":5,\
                "secret_id_bound_cidrs":["127.0.0.0/8"],"token_bound_cidrs":["127.0.0.0/8"]}"""));
        replaced.put("64246ea7-d637-a1b4-c076-460c1e8a46a8", role);
        String app = twin.appRoles().role("app", List.of("default"));
        if (name.contains("custom-secret-id-200")) {
            return;
        }
        SecretId secret = twin.appRoles()
                .addSecretId(
                        "limited",
                        Recording.load("vault", "approle-secret-id-create-200")
                                .request()
                                .path("body"));
        replaced.put("6b63a166-16d1-89df-929e-d045befe6296", secret.id());
        replaced.put("1c84b871-95b1-8207-947e-4b6f976ca939", secret.accessor());
        String caller = token;
        if (name.contains("lookup-200") || name.contains("survives")) {
            login(role, secret.id());
        }
        if (name.contains("exhausted")) {
            SecretId once = twin.appRoles().addSecretId("app", Json.parse("{\"num_uses\":1}"));
            replaced.put("5c4089c9-3aef-ef3f-b439-394a080cb43d", once.accessor());
            login(app, once.id());
        }
        if (name.contains("destroyed-secret")
                || name.contains("again")
                || name.contains("after-destroy")
                || name.contains("survives")) {
            twin.appRoles().destroySecretId("limited", secret.accessor());
        }
        clock.advance(Duration.ofSeconds(name.contains("survives") ? 1 : 0));
        token = name.contains("survives") ? token : caller;
    }

    private JsonNode auth(String path, String body) throws Exception {
        return root.send("POST", path, body).json().path("auth");
    }

    private String accessor(String body) throws Exception {
        return Json.text(auth("/v1/auth/token/create", body), "accessor", "");
    }

    private void prepareTokens(String name) throws Exception {
        Recording create = Recording.load("vault", "token-create-200");
        String made = accessor(create.body(Map.of()));
        replaced.put("Uer9cOMcUa0BtsQe3dg87uqY", made);
        if (name.contains("periodic-200")) {
            replaced.put("Tq0gC2WL2aHpBU0KgNI5TWTz", accessor("{\"policies\":[\"p1\"],\"period\":\"1h\"}"));
            clock.advance(Duration.ofSeconds(1));
        }
        if (name.contains("after-revoke") || name.contains("already-revoked")) {
            twin.revokeToken(made);
        }
        if (name.contains("escalation") || name.contains("without-sudo-400")) {
            token = issue("nosudo", "path \"auth/token/create\" { capabilities = [\"update\"] }");
        }
        JsonNode throughRole = auth(
                "/v1/auth/token/create/ops",
                Recording.load("vault", "token-create-role-200").body(Map.of()));
        replaced.put("Dmox7cO4TbRig5isnvUJBu9R", Json.text(throughRole, "accessor", ""));
        JsonNode bob = auth("/v1/auth/userpass/login/bob", "{\"password\":\"REDACTED\"}");
        replaced.put("wL8Ms3yyglarHCO1IxXRaObM", Json.text(bob, "accessor", ""));
        if (!name.equals("token-list-accessors-200")) {
            prepareFamily(name);
        }
    }

    private void prepareFamily(String name) throws Exception {
        replaced.put(
                "MhFXYUuR9jjXjxya5ZCDt7MG",
                Json.text(
                        auth(
                                "/v1/auth/token/create/purge-undo",
                                Recording.load("vault", "daemon-create-token-wrapped-200")
                                        .body(Map.of())),
                        "accessor",
                        ""));
        JsonNode parent = auth("/v1/auth/token/create", "{\"policies\":[\"root\"],\"ttl\":\"1h\"}");
        String parentId = Json.text(parent, "client_token", "");
        String child = TwinClient.vault(twin, parentId)
                .send("POST", "/v1/auth/token/create", "{\"policies\":[\"p1\"],\"ttl\":\"1h\"}")
                .json()
                .at("/auth/accessor")
                .asString();
        replaced.put("LT7kM5m9oOxWY8dQkJLtXw6y", Json.text(parent, "accessor", ""));
        replaced.put("XT4vl6IJTHk2fVYNfqpEtYlv", child);
        replaced.put("1f6Wd3LIXFzswEGMdp0dW4Wr", child);
        replaced.put("s.REDACTEDtoken0000000003", parentId);
        if (name.contains("orphaned")) {
            root.send("POST", "/v1/auth/token/revoke-orphan", "{\"token\":\"%s\"}".formatted(parentId));
            clock.advance(Duration.ofSeconds(1));
        }
    }

    private void prepareLeases(String name) throws Exception {
        if (name.contains("empty") || name.contains("issue")) {
            return;
        }
        String lease = twin.issueLease("upgrade");
        LEASES.forEach(recorded -> replaced.put("database/creds/upgrade/" + recorded, lease));
        if (name.equals("lease-list-db-role-200")) {
            twin.issueLease("upgrade");
        }
        replaced.put("database/creds/upgrade-short/6BMUNBv6VNQ1XtmN6oZnRLic", twin.issueLease("upgrade-short"));
        String certificate = twin.issueCertificate("web", Duration.ofHours(1));
        replaced.put("pki/issue/web/S7E5NV0KFsfXSM5s6WrcrCJF", certificate);
        replaced.put("pki/issue/web/b7v8NgWrou8wGXlTfgvcBB3z", certificate);
        String bob = Json.text(auth("/v1/auth/userpass/login/bob", "{\"password\":\"REDACTED\"}"), "client_token", "");
        replaced.put("h98c9498cd8f0441b87540a0ff4f43d732939d67c2f5117bac0f600f47b9a4203", "h" + Json.sha256(bob));
        twin.troubles()
                .failRevocations(
                        "broken", "pq: role \"nope_v-token-broken-FAUAPcvkuvtfoG4IroU4-1795469111\" does not exist");
        String broken = twin.issueLease("broken");
        replaced.put("database/creds/broken/e4mAjOyiYVYQQrEx8zWp9YZK", broken);
        replaced.put("database/creds/broken/cVLnYc7MW8mkCeL4YgCfflg9", broken);
        if (name.contains("after-revoke") || name.contains("already-revoked") || name.contains("renew-revoked")) {
            twin.revokeLease(lease);
        }
        twin.troubles().databaseDown(name.contains("backend-down"));
        prepareEnds(name, broken);
    }

    private void prepareEnds(String name, String broken) throws Exception {
        if (name.startsWith("lease-lookup-")) {
            clock.advance(Duration.ofSeconds(name.contains("after-failed-revoke") ? 2 : 1));
        }
        if (name.contains("after-failed")) {
            root.send(
                    "PUT",
                    "/v1/sys/leases/revoke",
                    "{\"lease_id\":\"%s\",\"sync\":%s}".formatted(broken, !name.contains("lazy")));
        }
        if (name.contains("naturally-expired")) {
            clock.advance(Duration.ofSeconds(3));
        }
        if (name.startsWith("undo-lease-dies")) {
            VaultTwin.IssuedToken daemon = twin.createToken(Json.parse("{\"ttl\":\"30m\",\"no_parent\":true}"));
            for (String recorded : List.of("S8qlZKkYjKM9C8Im9cOCMAiz", "TZ34H7LeWQD793LUmt6N6AR7")) {
                replaced.put(
                        "database/creds/upgrade/" + recorded,
                        twin.issueLease("upgrade", daemon.accessor(), clock.instant()));
            }
            if (name.contains("expiry")) {
                clock.advance(Duration.ofMinutes(31));
            } else {
                twin.revokeToken(daemon.accessor());
            }
        }
    }

    @Override
    public void close() {
        twin.close();
    }
}
