package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.VaultTwin;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Plan, run and undo with a Vault that is logged in to by AppRole. */
class AppRoleStoryTest {

    @TempDir
    Path folder;

    private Terminal terminal;
    private VaultTwin vault;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        vault = terminal.home.sandbox.vault();
        terminal.playUntilEnabled();
        terminal.home.write("role-id", vault.appRoles().role("sweepback", List.of("sweepback")));
        terminal.home.write(
                "secret-id", vault.appRoles().addSecretId("sweepback", Map.of()).id());
        terminal.home.write(
                "sweepback.yaml",
                terminal.home
                        .settings(4)
                        .replace(
                                "auth: {token: \"env:VAULT_TOKEN\"}",
                                "auth: {appRole: {roleId: \"file:role-id\", secretId: \"file:secret-id\"}}"));
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private long logins() {
        return vault.traffic().count("POST", "/v1/auth/approle/login");
    }

    @Test
    void aPlanLogsInOnceAndLeavesNothingBehind() {
        JsonNode before = vault.dump();

        terminal.data("plan", Terminal.JOB);

        assertThat(logins()).isOne();
        assertThat(vault.dump()).isEqualTo(before);
    }

    @Test
    void whatUndoIssuedAgainOutlivesTheLoginThatIssuedIt() {
        ObjectNode before = terminal.home.sandbox.dump();

        JsonNode run = terminal.data("run", Terminal.JOB, "--yes");
        JsonNode undo = terminal.data("undo", run.path("runId").asString(), "--yes");

        assertThat(run.path("state").asString()).isEqualTo("succeeded");
        assertThat(undo.path("operations")).isNotEmpty();
        assertThat(logins()).as("one for each process").isEqualTo(2);
        assertThat(vault.traffic().count("POST", "/v1/auth/token/revoke-self")).isEqualTo(2);
        assertThat(Comparison.between(before, terminal.home.sandbox.dump()).different())
                .isEmpty();
    }
}
