package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a policy and the settings forbid, as the command line tells it. */
class PermitsCommandsTest {

    private static final String EVERY_DAY = "days: [MON, TUE, WED, THU, FRI, SAT, SUN]";

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        terminal.playUntilEnabled();
        terminal.forgetTraffic();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private void policy(String more) {
        terminal.home.write("policies/production.yaml", SandboxHome.POLICY + "  " + more + "\n");
    }

    private Terminal.Answer run() {
        return terminal.type("run", Terminal.JOB, "--yes");
    }

    @Test
    void outsideOfTheHoursTheExitCodeIsThatOfAClosedGate() {
        LocalTime now = LocalTime.ofInstant(terminal.home.clock.instant(), ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.MINUTES);
        policy("hours: {" + EVERY_DAY + ", from: \"" + now.plusHours(2) + "\", to: \"" + now.plusHours(3) + "\"}");

        Terminal.Answer answer = run();

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("within hours: policy 'production': every day", "try again at ");
        assertThat(terminal.writes()).isEmpty();
    }

    @Test
    void withinAFreezeToo() {
        Instant now = terminal.home.clock.instant().truncatedTo(ChronoUnit.SECONDS);
        terminal.home.write(
                "sweepback.yaml",
                terminal.home.settings(1) + "freezes:\n  - {name: year end, from: \"" + now.minusSeconds(60)
                        + "\", until: \"" + now.plusSeconds(3600) + "\"}\n");

        Terminal.Answer answer = run();
        JsonNode gate = terminal.type("gate", Terminal.JOB, "-o", "json").json();

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.err()).contains("no freeze: freeze 'year end' until ");
        assertThat(gate.path("retryAt").asString())
                .isEqualTo(now.plusSeconds(3600).toString());
        assertThat(terminal.writes()).isEmpty();
    }

    @Test
    void aRunThatUsesUpItsHourIsPausedWithThatExitCode() {
        policy("maxPerHour: 5");

        Terminal.Answer answer = run();

        assertThat(answer.exit()).isEqualTo(4);
        assertThat(answer.out())
                .contains("paused (gate closed: within maxPerHour: policy 'production' lets 5 operations");
        assertThat(terminal.type("run", Terminal.JOB, "--yes").exit()).isEqualTo(4);
        assertThat(terminal.data("audit", "list", "--type", "operation.intent")).hasSize(5);
    }

    @Test
    void aConnectionThatIsNotAllowedRefusesTheWholePlan() {
        policy("allow: {connections: [unleash, vault]}");

        Terminal.Answer answer = run();

        assertThat(answer.exit()).isEqualTo(5);
        assertThat(answer.err())
                .contains("policy 'production' does not allow connection 'github', only unleash, vault");
        assertThat(terminal.type("plan", Terminal.JOB, "--exit-code").exit()).isEqualTo(5);
        assertThat(terminal.data("plan", Terminal.JOB)
                        .path("refusals")
                        .get(0)
                        .path("guard")
                        .asString())
                .isEqualTo("allow");
        assertThat(terminal.writes()).isEmpty();
    }
}
