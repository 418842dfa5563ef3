package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.VaultTwin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What doctor says of the rights of a connection's token. */
class DoctorPermissionsTest {

    private static final String BOUND = "{\"errors\":[\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}";

    @TempDir
    Path folder;

    private Terminal terminal;
    private VaultTwin vault;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        terminal.playUpgrade();
        vault = terminal.home.sandbox.vault();
        logInByAppRole();
        vault.faults()
                .next(1000, Faults.request("PUT", "/v1/sys/leases/revoke"))
                .answer(403, "application/json", BOUND);
        vault.traffic().clear();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private void logInByAppRole() {
        String roleId = vault.appRoles().role("sweepback", List.of("sweepback"));
        String secretId = vault.appRoles().addSecretId("sweepback", Map.of()).id();
        terminal.home.write("role-id", roleId);
        terminal.home.write("secret-id", secretId);
        terminal.home.write(
                "sweepback.yaml",
                terminal.home
                        .settings(1)
                        .replace(
                                "auth: {token: \"env:VAULT_TOKEN\"}",
                                "auth: {appRole: {roleId: \"file:role-id\", secretId: \"file:secret-id\"}}"));
    }

    private List<JsonNode> about(Terminal.Answer answer, String level) {
        return StreamSupport.stream(answer.json().spliterator(), false)
                .filter(finding -> finding.path("subject").asString().equals("connection vault"))
                .filter(finding -> finding.path("level").asString().equals(level))
                .toList();
    }

    @Test
    void aTokenThatMayDoWhatItNeedsIsInOrder() {
        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isZero();
        assertThat(about(answer, "problem")).isEmpty();
        assertThat(about(answer, "warning")).isEmpty();
        assertThat(about(answer, "ok"))
                .anySatisfy(finding ->
                        assertThat(finding.path("what").asString()).isEqualTo("answers as version 1.8.0-dev"))
                .anySatisfy(finding -> assertThat(finding.path("what").asString())
                        .startsWith("its token has every capability")
                        .contains("max_wrapping_ttl"));
    }

    @Test
    void whatTheTokenLacksIsNamedByPathAndCapabilityAndEndsWithOne() {
        vault.policy("sweepback", List.of("secret/data/handover", "auth/token/create/"), List.of());

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isOne();
        assertThat(about(answer, "problem"))
                .extracting(finding -> finding.path("what").asString())
                .containsExactlyInAnyOrder(
                        "its token lacks create, update, read on secret/data/handover/dten/* (hand-overs)",
                        "its token lacks update on auth/token/create/sweepback-undo (undo: tokens through this role only, and"
                                + " only wrapped)");
        assertThat(terminal.type("doctor").out())
                .containsPattern(
                        "problem +connection vault +its token lacks create, update, read on secret/data/handover/dten");
    }

    @Test
    void aTokenThatMayRevokeAnyLeaseIsAWarning() {
        vault.faults().clear();

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isZero();
        assertThat(about(answer, "warning")).singleElement().satisfies(finding -> {
            assertThat(finding.path("what").asString()).contains("may revoke any lease");
            assertThat(finding.path("remedy").asString()).contains("allowed_parameters");
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void whetherItMayRevokeAnyLeaseIsNotToldByAProxy(int status) {
        vault.faults().clear();
        vault.faults()
                .next(100, Faults.request("PUT", "/v1/sys/leases/revoke"))
                .answer(status, "text/html", "<h1>no</h1>");

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isOne();
        assertThat(about(answer, "warning")).isEmpty();
        assertThat(about(answer, "problem"))
                .anySatisfy(
                        finding -> assertThat(finding.path("what").asString()).contains("PUT /v1/sys/leases/revoke"));
    }

    @Test
    void aRootTokenIsAWarning() {
        terminal.home.write("sweepback.yaml", terminal.home.settings(1));

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isZero();
        assertThat(about(answer, "warning"))
                .singleElement()
                .satisfies(
                        finding -> assertThat(finding.path("what").asString()).contains("may do everything"));
    }

    @Test
    void aTokenThatMayNotAskIsAProblemAndNotInOrder() {
        vault.policy("sweepback", List.of("sys/capabilities-self"), List.of());

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isOne();
        assertThat(about(answer, "problem"))
                .anySatisfy(finding -> assertThat(finding.path("what").asString())
                        .contains("sys/capabilities-self")
                        .contains("nothing can be said of the rest"));
    }

    @Test
    void itChangesNothingAndTakesItsLoginBack() {
        JsonNode before = vault.dump();

        terminal.type("doctor");

        assertThat(vault.dump()).isEqualTo(before);
    }

    @Test
    void theVaultPolicyAloneCanBePiped() {
        Terminal.Answer alone = terminal.type("doctor", "--vault-policy", "vault");

        assertThat(alone.exit()).isZero();
        assertThat(alone.err()).isEmpty();
        assertThat(alone.out())
                .startsWith("# What Sweepback's connection 'vault' needs")
                .contains("path \"auth/token/create/sweepback-undo\" {");
        assertThat(terminal.type("doctor").out()).contains(alone.out());
        assertThat(about(terminal.type("doctor", "-o", "json"), "ok"))
                .anySatisfy(
                        finding -> assertThat(finding.path("policy").asString()).isEqualTo(alone.out()));
    }

    @Test
    void onlyAVaultHasAVaultPolicy() {
        Terminal.Answer other = terminal.type("doctor", "--vault-policy", "unleash");
        Terminal.Answer unknown = terminal.type("doctor", "--vault-policy", "valt");

        assertThat(other.exit()).isEqualTo(64);
        assertThat(other.err()).contains("'unleash'").contains("type vault");
        assertThat(unknown.exit()).isEqualTo(64);
        assertThat(unknown.err()).contains("did you mean 'vault'");
    }

    @Test
    void aVaultThatIsDownIsSaidOnceAndThePolicyIsWrittenAllTheSame() {
        vault.troubles().seal();

        Terminal.Answer answer = terminal.type("doctor", "-o", "json");

        assertThat(answer.exit()).isOne();
        assertThat(about(answer, "problem")).hasSize(1);
        assertThat(terminal.type("doctor", "--vault-policy", "vault").out())
                .contains("# hand-overs; for a mount of version 1 leave out data/")
                .contains("path \"secret/data/handover/dten/*\"");
    }

    @Test
    void whatIsWrongIsWhatIsReadLast() {
        vault.policy("sweepback", List.of("auth/token/create/"), List.of());

        List<String> lines = terminal.type("doctor").out().lines().toList();

        assertThat(lines.get(0)).startsWith("# What Sweepback's connection 'vault' needs");
        assertThat(lines.get(lines.size() - 1)).startsWith("problem").contains("its token lacks update on auth/token");
        assertThat(lines).noneMatch(line -> line.contains(".;"));
    }
}
