package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What is said of windows that are long, or over, and of times that were stated afterwards. */
class WindowsTest {

    @TempDir
    Path folder;

    private Terminal terminal;
    private Instant start = Instant.EPOCH;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
        start = terminal.home.clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    private Terminal.Answer schedule(Duration window, String buffer) {
        return terminal.type(
                "upgrade",
                "schedule",
                "full-upgrade-package-dten",
                "--from",
                "1",
                "--to",
                "2",
                "--environment",
                "production",
                "--window",
                start + "/" + start.plus(window),
                "--buffer",
                buffer,
                "--id",
                "u");
    }

    @Test
    void aWindowOfMoreThanHalfADayIsAWarning() {
        Terminal.Answer answer = schedule(Duration.ofHours(36), "30m");

        assertThat(answer.exit()).isZero();
        assertThat(answer.err())
                .isEqualTo("warning: the window is 1d 12h long (" + start + " to " + start.plus(Duration.ofHours(36))
                        + "), more than 12h: nothing is removed before " + start.plus(Duration.ofMinutes(36 * 60 + 30))
                        + ", when both are over; is that meant?\n");
    }

    @Test
    void aBufferThatIsLongerThanTheWindowIsAWarning() {
        assertThat(schedule(Duration.ofHours(1), "90m").err())
                .startsWith("warning: the buffer of 1h 30m is longer than the window of 1h: nothing is removed before");
    }

    @Test
    void aUsualWindowIsNone() {
        assertThat(schedule(Duration.ofHours(12), "12h").err()).isEmpty();
    }

    @Test
    void aLateCompletionIsSaidWithByHowMuch() {
        schedule(Duration.ofHours(1), "30m");
        terminal.data("upgrade", "start", "u");
        terminal.home.clock.moveOn(Duration.ofHours(4));
        Instant completed = terminal.home.clock.instant();

        Terminal.Answer answer = terminal.type("upgrade", "complete", "u");

        Instant over = start.plus(Duration.ofMinutes(90));
        assertThat(answer.exit()).isZero();
        assertThat(Duration.between(over, completed)).isGreaterThan(Duration.ofMinutes(150));
        assertThat(answer.err())
                .matches("completed 2h 3\\dm after window and buffer were over \\(" + over
                        + "\\); the soak counts from the completion\n");
    }

    @Test
    void aCompletionInTimeIsNotCommentedOn() {
        schedule(Duration.ofHours(1), "30m");
        terminal.data("upgrade", "start", "u");
        terminal.home.clock.moveOn(Duration.ofMinutes(80));

        assertThat(terminal.type("upgrade", "complete", "u").err()).isEmpty();
    }

    @Test
    void whatStillRunsAfterWindowAndBufferIsOverdue() {
        schedule(Duration.ofHours(1), "30m");
        terminal.data("upgrade", "start", "u");
        terminal.home.clock.moveOn(Duration.ofMinutes(80));
        assertThat(terminal.data("status").path("overdue")).isEmpty();
        assertThat(terminal.type("status").out()).contains("still running after window and buffer: nothing");
        assertThat(terminal.data("upgrade", "list").get(0).path("overdue").asBoolean())
                .isFalse();

        terminal.home.clock.moveOn(Duration.ofMinutes(10));

        Instant over = start.plus(Duration.ofMinutes(90));
        JsonNode overdue = terminal.data("status").path("overdue");
        assertThat(overdue).hasSize(1);
        assertThat(overdue.get(0).path("upgradeId").asString()).isEqualTo("u");
        assertThat(overdue.get(0).path("since").asString()).isEqualTo(over.toString());
        assertThat(terminal.type("status").out())
                .contains("still running after window and buffer: u, over since " + over);
        assertThat(terminal.data("upgrade", "list").get(0).path("overdue").asBoolean())
                .isTrue();
        assertThat(terminal.type("upgrade", "list").out()).contains("running (overdue)");

        terminal.data("upgrade", "complete", "u");

        assertThat(terminal.data("status").path("overdue")).isEmpty();
        assertThat(terminal.type("upgrade", "list").out()).doesNotContain("overdue");
    }

    @Test
    void whatWasStatedIsShownAndWhoseGateItKeepsShut() {
        schedule(Duration.ofHours(1), "30m");
        terminal.home.clock.moveOn(Duration.ofMinutes(80));

        Terminal.Answer started = terminal.type(
                "upgrade", "start", "u", "--at", start.plusSeconds(60).toString());
        terminal.data("upgrade", "complete", "u");

        assertThat(started.err())
                .isEqualTo(
                        "warning: a time that is stated by --at keeps the gate shut of dten-cleanup (policy production);"
                                + " where it is to count, the policy says 'statedTimes: accept'\n");
        JsonNode upgrade = terminal.data("upgrade", "show", "u");
        assertThat(upgrade.path("stated").toString()).isEqualTo("[\"startedAt\"]");
        assertThat(terminal.type("upgrade", "show", "u").out().lines())
                .anyMatch(line -> line.matches("started +" + start.plusSeconds(60) + " \\(stated\\)"))
                .noneMatch(line -> line.startsWith("completed") && line.contains("stated"));
    }

    @Test
    void aPolicyThatAcceptsWhatIsStatedIsNotWarnedOf() {
        terminal.home.write("policies/production.yaml", SandboxHome.POLICY + "  statedTimes: accept\n");
        schedule(Duration.ofHours(1), "30m");
        terminal.home.clock.moveOn(Duration.ofMinutes(10));

        assertThat(terminal.type(
                                "upgrade",
                                "start",
                                "u",
                                "--at",
                                start.plusSeconds(60).toString())
                        .err())
                .isEmpty();
    }
}
