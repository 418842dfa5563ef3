package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.DtenScenario;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands that take a person's word: what is odd about it is said, and what could only go wrong is refused. */
class GuardedCommandsTest {

    private static final String FILE = "jobs/dten-cleanup.yaml";

    @TempDir
    Path folder = Path.of("");

    private Terminal terminal;

    @BeforeEach
    void open() {
        terminal = new Terminal(folder);
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void aJobWhoseFileIsBrokenCanBePaused() {
        terminal.home.write(FILE, SandboxHome.JOB.replace("action: archive", "action: explode"));

        Terminal.Answer answer = terminal.type("pause", Terminal.JOB);

        assertThat(answer.exit()).as(answer.toString()).isZero();
        assertThat(answer.err()).contains("paused all the same", "explode");
        assertThat(terminal.data("status").path("paused").get(0).path("job").asString())
                .isEqualTo(Terminal.JOB);
    }

    @Test
    void aJobThatOnlyTheJournalKnowsCanBePaused() {
        terminal.playUntilEnabled();
        terminal.home.write(FILE, "apiVersion: [");

        assertThat(terminal.type("pause", Terminal.JOB).exit()).isZero();
    }

    @Test
    void pausingAnUnknownJobIsRefusedWithWhatWasMeant() {
        terminal.home.write(FILE, SandboxHome.JOB.replace("action: archive", "action: explode"));

        Terminal.Answer answer = terminal.type("pause", "dten-claenup");

        assertThat(answer.exit()).isEqualTo(64);
        assertThat(answer.err())
                .contains("did you mean 'dten-cleanup'?", "dten-cleanup.yaml")
                .doesNotContain("there are no jobs yet");
        assertThat(terminal.data("status").path("paused")).isEmpty();
    }

    @Test
    void aLineBreakInADurationIsSaidByEveryCommandAndStopsNone() {
        terminal.home.write(FILE, SandboxHome.JOB.replace("soak: 24h", "soak: \"24h\\n\""));

        Terminal.Answer validate = terminal.type("validate");

        assertThat(validate.exit()).isEqualTo(64);
        assertThat(validate.err()).contains("dten-cleanup.yaml:5:", "'24h…' is no duration");
        assertThat(terminal.type("pause").exit()).isZero();
        assertThat(terminal.type("status").exit()).isZero();
        assertThat(terminal.type("upgrade", "list").exit()).isZero();
    }

    @Test
    void whatIsDueOfABrokenJobIsNamedAndDoesNotEndWell() {
        terminal.playUntilEnabled();
        terminal.data("run", Terminal.JOB, "--yes");
        terminal.home.write(FILE, SandboxHome.JOB.replace("action: archive", "action: explode"));
        assertThat(terminal.type("run", "--due", "--yes").exit())
                .as("nothing is due yet")
                .isZero();
        terminal.home.clock.moveOn(Duration.ofDays(8));

        Terminal.Answer run = terminal.type("run", "--due", "--yes");
        Terminal.Answer dry = terminal.type("run", "--due", "--dry-run");

        assertThat(List.of(run.exit(), dry.exit())).containsOnly(64);
        assertThat(run.err())
                .contains("explode", "webhook:github/", "job 'dten-cleanup'")
                .doesNotContain("nothing is due");
    }

    @Test
    void whatIsGoneIsSaidOnceAndNoEmptyRunsFollow() {
        terminal.playUntilEnabled();
        terminal.data("run", Terminal.JOB, "--yes");
        terminal.home.scenario.foreignChange();
        terminal.home.clock.moveOn(Duration.ofDays(8));

        Terminal.Answer first = terminal.type("run", "--due", "--yes");
        int runs = terminal.data("history").size();
        Terminal.Answer second = terminal.type("run", "--due", "--yes");

        assertThat(first.err()).contains("changed since it was disabled: left alone, and not held any longer");
        assertThat(second.exit()).isZero();
        assertThat(second.err()).contains("nothing is due");
        assertThat(terminal.data("history")).hasSize(runs);
        assertThat(terminal.data("status").path("held")).isEmpty();
    }

    @Test
    void aUsedPlanEndsWithSixAlsoWhenItsJobIsDone() {
        terminal.playUntilEnabled();
        String plan = terminal.data("plan", Terminal.JOB).path("planId").asString();
        terminal.data("run", Terminal.JOB, "--plan", plan, "--yes");

        Terminal.Answer answer = terminal.type("run", Terminal.JOB, "--plan", plan, "--yes");

        assertThat(answer.exit()).isEqualTo(6);
        assertThat(answer.err()).contains("has been used");
    }

    @Test
    void whatIsKeptForATimeIsSaidWithTheTime() {
        terminal.playUntilEnabled();

        Terminal.Answer run = terminal.type("run", Terminal.JOB, "--yes");
        Terminal.Answer gate = terminal.type("gate", Terminal.JOB, "-o", "json");

        assertThat(run.out()).contains("1 kept thing to be looked at again from ");
        assertThat(gate.exit()).isEqualTo(4);
        assertThat(Instant.parse(gate.json().path("retryAt").asString())).isAfter(terminal.home.clock.instant());
    }

    @Test
    void enablingSaysForWhichUpgradeAndWarnsOfOneToCome() {
        terminal.playUpgrade();
        assertThat(terminal.type("enable", Terminal.JOB, "--yes").err())
                .contains("it is succeeded")
                .doesNotContain("warning");
        scheduleOfDecember("--id", "december");

        Terminal.Answer answer = terminal.type("enable", Terminal.JOB, "--yes");

        assertThat(answer.exit()).isZero();
        assertThat(answer.err())
                .contains(
                        "For upgrade december, the newest that job dten-cleanup follows; it is scheduled.",
                        "warning: nothing runs for it until it has succeeded",
                        " enable dten-cleanup --upgrade " + DtenScenario.UPGRADE);
        assertThat(terminal.type("enable", Terminal.JOB, "--yes", "--upgrade", "december")
                        .err())
                .doesNotContain("warning");
    }

    private Terminal.Answer scheduleOfDecember(String... more) {
        return schedule("production", "2026-12-01T22:00:00Z/2026-12-02T00:00:00Z", more);
    }

    private Terminal.Answer schedule(String environment, String window, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "upgrade",
                "schedule",
                DtenScenario.PACKAGE,
                "--from",
                "2",
                "--to",
                "3",
                "--environment",
                environment,
                "--window",
                window));
        all.addAll(List.of(more));
        return terminal.type(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            value = {
                "\"\", 2026-12-01T22:00:00Z/2026-12-02T00:00:00Z, 30m, is empty",
                "\"production \", 2026-12-01T22:00:00Z/2026-12-02T00:00:00Z, 30m, blank at its edge",
                "production, 2026-12-01T22:00:00Z/+999999999-12-31T00:00:00Z, 30m, after 2199",
                "production, -999999999-12-01T22:00:00Z/2026-12-31T00:00:00Z, 30m, before 2000",
                "production, 2026-12-01T22:00:00Z/2028-12-31T00:00:00Z, 30m, longer than a year",
                "production, 2026-12-01T22:00:00Z/2026-12-02T00:00:00Z, 36500d, longer than a year"
            })
    void anUpgradeThatCouldNeverWorkIsNotRecorded(String environment, String window, String buffer, String said) {
        Terminal.Answer answer = schedule(environment, window, "--buffer", buffer);

        assertThat(answer.exit()).as(answer.toString()).isEqualTo(64);
        assertThat(answer.err()).contains(said);
        assertThat(terminal.type("upgrade", "list").err()).contains("there is no store");
    }

    @Test
    void anEnvironmentThatNothingHereKnowsIsRecordedWithAWarning() {
        Terminal.Answer answer = schedule("prodution", "2026-12-01T22:00:00Z/2026-12-02T00:00:00Z");

        assertThat(answer.exit()).isZero();
        assertThat(answer.err()).contains("warning: ", "did you mean 'production'?");
        assertThat(terminal.data("upgrade", "list")).hasSize(1);
        assertThat(scheduleOfDecember().err()).doesNotContain("warning");
    }

    @Test
    void keepingWhatDoesNotExistIsRecordedWithAWarning() {
        terminal.playUpgrade();
        String flag = "flag:unleash/" + DtenScenario.FLAG_IN_USE;

        Terminal.Answer wrong = terminal.type("keep", flag + "x", "--until", "2099-01-01", "--reason", "why");
        Terminal.Answer right = terminal.type("keep", flag, "--until", "2099-01-01", "--reason", "why");
        terminal.home.write("sweepback.yaml", terminal.home.settings(1).replace("env:UNLEASH_TOKEN", "env:NOT_SET"));
        Terminal.Answer unasked = terminal.type("keep", flag, "--until", "2099-01-01", "--reason", "why");

        assertThat(List.of(wrong.exit(), right.exit(), unasked.exit())).containsOnly(0);
        assertThat(wrong.err()).contains("warning: " + flag + "x does not exist");
        assertThat(right.err()).isEmpty();
        assertThat(unasked.err()).contains("without knowing whether");
        assertThat(terminal.data("audit", "list", "--type", "resource.kept")).hasSize(3);
    }

    @Test
    void keepingWithoutAReasonIsRefused() {
        Terminal.Answer answer = terminal.type("keep", "flag:unleash/x", "--until", "2099-01-01", "--reason", " ");

        assertThat(answer.exit()).isEqualTo(64);
        assertThat(answer.err()).contains("--reason");
    }

    @Test
    void aScheduleThatIsOverIsRefusedByValidateAndUsedElsewhere() {
        terminal.home.write(
                FILE,
                SandboxHome.JOB.replace(
                        "  policy: production\n",
                        "  policy: production\n  schedule: {cron: \"0 0 3 20 11 ? 2020\", timezone: UTC}\n"));
        terminal.playUpgrade();

        Terminal.Answer validate = terminal.type("validate");
        Terminal.Answer plan = terminal.type("plan", Terminal.JOB);

        assertThat(validate.exit()).isEqualTo(64);
        assertThat(validate.err()).contains("never fires again: its last time has passed");
        assertThat(plan.exit()).isZero();
        assertThat(plan.err()).contains("warning: ", "never fires again");
    }
}
