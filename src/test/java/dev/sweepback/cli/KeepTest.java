package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class KeepTest {

    @TempDir
    Path folder;

    @Test
    void whatIsKeptByMistakeCanBeGivenFreeAndBothStayOnRecord() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUpgrade();
            JsonNode planned =
                    terminal.data("plan", Terminal.JOB).path("operations").get(0);
            String flag = "flag:unleash/" + planned.path("resource").asString();
            terminal.data("keep", flag, "--until", "2099-12-31", "--reason", "still in use");

            assertThat(verdict(terminal, flag)).isEqualTo("kept");

            JsonNode ended = terminal.data("keep", flag, "--end", "--reason", "the wrong one", "--ticket", "OPS-8");

            assertThat(ended.path("ended").asBoolean()).isTrue();
            assertThat(verdict(terminal, flag)).isEqualTo("planned");
            assertThat(terminal.type("explain", flag).out())
                    .contains(" until 2100-01-01T00:00:00Z: still in use", " no longer: the wrong one");
        }
    }

    @Test
    void whatItsSystemCallsOtherwiseIsKeptUnderThatName() throws Exception {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            terminal.home.sandbox.vault().appRoles().role("dten-migrator", List.of("default"));
            String accessor = terminal.home
                    .sandbox
                    .vault()
                    .appRoles()
                    .addSecretId("dten-migrator", Map.of())
                    .accessor();

            Terminal.Answer kept = terminal.type(
                    "keep",
                    "secret-id:vault/approle/DTEN-migrator/" + accessor,
                    "--until",
                    "2099-12-31",
                    "--reason",
                    "still in use");

            String name = "secret-id:vault/approle/dten-migrator/" + accessor;
            assertThat(kept.err()).contains("its system calls it " + name + ": kept under that name");
            assertThat(terminal.type("explain", name).out()).contains("still in use");
        }
    }

    private static String verdict(Terminal terminal, String flag) {
        return terminal.data("explain", flag).path("now").get(0).path("verdict").asString();
    }
}
