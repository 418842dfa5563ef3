package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
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

    private static String verdict(Terminal terminal, String flag) {
        return terminal.data("explain", flag).path("now").get(0).path("verdict").asString();
    }
}
