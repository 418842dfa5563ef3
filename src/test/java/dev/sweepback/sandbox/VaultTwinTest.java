package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class VaultTwinTest {

    private final SteppedClock clock = new SteppedClock();
    private final VaultTwin twin = new VaultTwin(clock, 0);
    private final TwinClient root = TwinClient.of(twin);

    @BeforeEach
    void roles() {
        twin.databaseRole("app", Duration.ofDays(30), Duration.ofDays(30));
        twin.tokenRole("undo", List.of("p1"), true);
    }

    @AfterEach
    void stop() {
        twin.close();
    }

    @Test
    void aFailedRevocationLeavesTheLeaseLiveAndAnUnknownLeaseIsRevokedWithoutAWord() throws Exception {
        String lease = twin.issueLease("app");
        twin.troubles().failRevocations("app", "pq: role \"{username}\" does not exist");

        TwinClient.Answer failed = revoke(lease);
        boolean stayed = twin.leaseIsLive(lease);
        twin.troubles().healRevocations("app");
        TwinClient.Answer done = revoke(lease);

        assertThat(failed.status()).isEqualTo(400);
        assertThat(failed.body()).contains("failed to revoke entry: ");
        assertThat(stayed).isTrue();
        assertThat(done.status()).isEqualTo(204);
        assertThat(twin.leaseIsLive(lease)).isFalse();
        assertThat(revoke("database/creds/app/unknown").status()).isEqualTo(204);
    }

    @Test
    void aPeriodIsGivenToRootAloneAlsoThroughARole() throws Exception {
        TwinClient client =
                TwinClient.vault(twin, twin.createToken(described("p1", true)).id());
        String body = "{\"policies\":[\"p1\"],\"period\":\"1h\"}";

        TwinClient.Answer refused = client.send("POST", "/v1/auth/token/create/undo", body);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()).contains("root or sudo privileges required to create periodic token");
        assertThat(client.send("POST", "/v1/auth/token/create", body).status()).isEqualTo(400);
        assertThat(root.send("POST", "/v1/auth/token/create/undo", body).status())
                .isEqualTo(200);
    }

    @Test
    void aLeaseDiesWithTheTokenThatIssuedItAndAnOrphansLeaseDoesNot() throws Exception {
        VaultTwin.IssuedToken daemon = twin.createToken(described("p1", true));
        TwinClient client = TwinClient.vault(twin, daemon.id());
        String own = Json.text(client.get("/v1/database/creds/app").json(), "lease_id", "");
        String orphan = client.send("POST", "/v1/auth/token/create/undo", "{\"policies\":[\"p1\"]}")
                .json()
                .at("/auth/client_token")
                .asString();
        String kept = Json.text(
                TwinClient.vault(twin, orphan).get("/v1/database/creds/app").json(), "lease_id", "");

        twin.revokeToken(daemon.accessor());

        assertThat(twin.leaseIsLive(own)).isFalse();
        assertThat(twin.leaseIsLive(kept)).isTrue();
    }

    @Test
    void aRevokedTokenTakesItsChildrenAlongButNoOrphans() {
        VaultTwin.IssuedToken parent = twin.createToken(described("p1", true));
        VaultTwin.IssuedToken child = twin.createToken(parent.accessor(), described("p1", false));
        VaultTwin.IssuedToken orphan = twin.createToken(parent.accessor(), described("p1", true));

        twin.revokeToken(parent.accessor());

        assertThat(twin.tokenIsLive(child.accessor())).isFalse();
        assertThat(twin.tokenIsLive(orphan.accessor())).isTrue();
    }

    @Test
    void aWrappedCredentialIsListedAsALeaseUnderItsPathUntilItIsOpened() throws Exception {
        TwinClient wrapping = root.with("X-Vault-Wrap-TTL", "300");
        String token = wrapping.get("/v1/database/creds/app")
                .json()
                .at("/wrap_info/token")
                .asString();

        JsonNode closed = root.send("LIST", "/v1/sys/leases/lookup/database/creds/app/", "")
                .json()
                .at("/data/keys");
        TwinClient.Answer opened = TwinClient.vault(twin, token).send("POST", "/v1/sys/wrapping/unwrap", "");
        TwinClient.Answer again = TwinClient.vault(twin, token).send("POST", "/v1/sys/wrapping/unwrap", "");

        assertThat(Json.strings(closed)).hasSize(2).anyMatch(key -> key.matches("h[0-9a-f]{64}"));
        assertThat(Json.text(opened.json(), "lease_id", "")).startsWith("database/creds/app/");
        assertThat(again.status()).isEqualTo(400);
        assertThat(twin.leasesOf("app")).hasSize(1);
    }

    @Test
    void leasesAndTokensEndByTheClock() {
        String lease = twin.issueLease("app");
        VaultTwin.IssuedToken token = twin.createToken(described("p1", true));

        clock.advance(Duration.ofDays(31));

        assertThat(twin.leaseIsLive(lease)).isFalse();
        assertThat(twin.tokenIsLive(token.accessor())).isFalse();
    }

    @Test
    void aTokenThatIsUsedUpIsGone() throws Exception {
        VaultTwin.IssuedToken token = twin.createToken(described("p1", true).put("num_uses", 2));
        TwinClient client = TwinClient.vault(twin, token.id());

        assertThat(client.get("/v1/auth/token/lookup-self").status()).isEqualTo(200);
        assertThat(client.get("/v1/auth/token/lookup-self").status()).isEqualTo(200);
        assertThat(client.get("/v1/auth/token/lookup-self").status()).isEqualTo(403);
    }

    @Test
    void deleteAndUndeleteOfAVersionIsExactAndShowsInTheComparison() throws Exception {
        twin.writeSecret("up/a", Json.object().put("k", "v"));
        ObjectNode before = twin.dump();

        root.send("POST", "/v1/secret/delete/up/a", "{\"versions\":[1]}");
        Comparison deleted = Comparison.between(before, twin.dump());
        root.send("POST", "/v1/secret/undelete/up/a", "{\"versions\":[1]}");
        Comparison restored = Comparison.between(before, twin.dump());

        assertThat(deleted.different())
                .containsExactly(new Comparison.Difference("kv:secret/up/a", List.of("/versions/1/deleted")));
        assertThat(restored.different()).isEmpty();
    }

    @Test
    void aTokenRoleGivesItsOwnPoliciesToARequestThatNamesNone() throws Exception {
        JsonNode auth = root.send("POST", "/v1/auth/token/create/undo", "{\"no_default_policy\":true}")
                .json()
                .path("auth");

        assertThat(Json.strings(auth.path("policies"))).containsExactly("p1");
        assertThat(auth.path("orphan").asBoolean()).isTrue();
    }

    @Test
    void theMountTellsTheVersionOfTheKeyValueEngine() throws Exception {
        JsonNode versioned =
                root.get("/v1/sys/internal/ui/mounts/secret/handover/dten").json();
        JsonNode plain = root.get("/v1/sys/internal/ui/mounts/kv1/a").json();

        assertThat(versioned.at("/data/options/version").asString()).isEqualTo("2");
        assertThat(versioned.at("/data/path").asString()).isEqualTo("secret/");
        assertThat(plain.at("/data/options/version").asString()).isEqualTo("1");
        assertThat(root.get("/v1/sys/internal/ui/mounts/nowhere").status()).isEqualTo(403);
    }

    @Test
    void aSecretIdEndsWithItsLastUseAndByTheClock() throws Exception {
        String role = twin.appRoles().role("migrator", Json.parse("{\"secret_id_num_uses\":2,\"secret_id_ttl\":3600}"));
        SecretId used = twin.appRoles().addSecretId("migrator", Map.of("upgrade", "42"));
        SecretId idle = twin.appRoles().addSecretId("migrator", Map.of());

        int first = login(role, used).status();
        int second = login(role, used).status();
        boolean afterTwo = twin.appRoles().secretIdIsLive("migrator", used.accessor());
        boolean idleThen = twin.appRoles().secretIdIsLive("migrator", idle.accessor());
        clock.advance(Duration.ofHours(1));

        assertThat(List.of(first, second)).containsOnly(200);
        assertThat(afterTwo).isFalse();
        assertThat(login(role, used).status()).isEqualTo(400);
        assertThat(idleThen).isTrue();
        assertThat(twin.appRoles().secretIdIsLive("migrator", idle.accessor())).isFalse();
    }

    private TwinClient.Answer login(String role, SecretId secret) throws Exception {
        return root.send(
                "POST",
                "/v1/auth/approle/login",
                "{\"role_id\":\"%s\",\"secret_id\":\"%s\"}".formatted(role, secret.id()));
    }

    @Test
    void aPolicyInTheServersLanguageAllowsWhatItSaysAndNothingElse() throws Exception {
        twin.writeSecret("up/a", Json.object().put("k", "v"));
        String lease = twin.issueLease("app");
        twin.policy("narrow", """
                # one lease at a time, and what is issued comes wrapped
                path "sys/leases/lookup/database/*" { capabilities = ["list", "sudo"] }
                path "sys/leases/revoke" {
                  capabilities = ["update"]
                  allowed_parameters = { "lease_id" = ["database/creds/*"], "sync" = [] }
                }
                path "database/creds/app" { capabilities = ["read"], min_wrapping_ttl = "60s", max_wrapping_ttl = "1h" }
                path "secret/data/+/a" { capabilities = ["read"] }
                path "secret/*" { capabilities = ["deny"] }
                """);
        TwinClient narrow = TwinClient.vault(
                twin, twin.createToken(described("narrow", true)).id());

        assertThat(narrow.send("LIST", "/v1/sys/leases/lookup/database/creds/", "")
                        .status())
                .isEqualTo(200);
        assertThat(narrow.send("LIST", "/v1/sys/leases/lookup/pki/", "").status())
                .isEqualTo(403);
        assertThat(narrow.get("/v1/secret/data/up/a").status()).isEqualTo(200);
        assertThat(narrow.get("/v1/secret/data/up/b").status()).isEqualTo(403);
        assertThat(narrow.get("/v1/database/creds/app").status()).isEqualTo(403);
        assertThat(narrow.with("X-Vault-Wrap-TTL", "2h")
                        .get("/v1/database/creds/app")
                        .status())
                .isEqualTo(403);
        assertThat(narrow.with("X-Vault-Wrap-TTL", "5m")
                        .get("/v1/database/creds/app")
                        .status())
                .isEqualTo(200);
        assertThat(revoke(narrow, "pki/issue/web/x").status()).isEqualTo(403);
        assertThat(revoke(narrow, lease).status()).isEqualTo(204);
        assertThat(narrow.get("/v1/auth/token/lookup-self").status()).isEqualTo(200);
    }

    @Test
    void aMountIsNamedToWhoeverMayDoAnythingInIt() throws Exception {
        twin.policy("narrow", "path \"database/creds/app\" { capabilities = [\"read\"] }");
        TwinClient narrow = TwinClient.vault(
                twin, twin.createToken(described("narrow", true)).id());

        assertThat(narrow.get("/v1/sys/internal/ui/mounts/database/creds/other").status())
                .isEqualTo(200);
        assertThat(narrow.get("/v1/sys/internal/ui/mounts/secret/up/a").status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "*, read, 200",
        "s*, list, 200",
        "secret/*, list, 200",
        "secret/data/up/*, read, 200",
        "+/data/*, read, 200",
        "secret, list, 200",
        "*, deny, 403",
        "secret/*, deny, 403",
        "secrets/*, read, 403",
        "other/*, read, 403"
    })
    void aMountIsNamedByWhicheverRuleReachesIt(String path, String capability, int status) throws Exception {
        twin.policy("narrow", "path \"" + path + "\" { capabilities = [\"" + capability + "\"] }");
        TwinClient narrow = TwinClient.vault(
                twin, twin.createToken(described("narrow", true)).id());

        assertThat(narrow.get("/v1/sys/internal/ui/mounts/secret/up/a").status())
                .isEqualTo(status);
    }

    @Test
    void leasesThatAFailingDatabaseKeptGoOnceItWorksAgain() {
        String lease = twin.issueLease("app");
        twin.troubles().databaseDown(true);
        clock.advance(Duration.ofDays(31));
        boolean kept = twin.leaseIsLive(lease);

        twin.troubles().databaseDown(false);

        assertThat(kept).isTrue();
        assertThat(twin.leaseIsLive(lease)).isFalse();
    }

    @Test
    void aRenewedLeaseOutlivesItsFirstEnd() {
        twin.databaseRole("short", Duration.ofHours(1), Duration.ofHours(24));
        String lease = twin.issueLease("short");
        twin.renewLease(lease, Duration.ofHours(5));

        clock.advance(Duration.ofHours(2));

        assertThat(twin.leaseIsLive(lease)).isTrue();
    }

    @Test
    void dumpsHoldNoSecrets() {
        twin.writeSecret("up/a", Json.object().put("password", "hunter2"));
        VaultTwin.IssuedToken token = twin.createToken(described("p1", true));

        assertThat(twin.dump().toString()).doesNotContain("hunter2", token.id(), twin.token());
        assertThat(token.toString()).doesNotContain(token.id());
    }

    private TwinClient.Answer revoke(String lease) throws Exception {
        return revoke(root, lease);
    }

    private static TwinClient.Answer revoke(TwinClient client, String lease) throws Exception {
        return client.send("PUT", "/v1/sys/leases/revoke", "{\"lease_id\":\"%s\",\"sync\":true}".formatted(lease));
    }

    private static ObjectNode described(String policy, boolean orphan) {
        ObjectNode description = Json.object().put("no_parent", orphan).put("ttl", "720h");
        description.putArray("policies").add("default").add(policy);
        return description;
    }
}
