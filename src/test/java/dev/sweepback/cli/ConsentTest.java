package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.ActingLock;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ConsentTest {

    @TempDir
    Path folder;

    @Test
    void offATerminalNothingIsDoneWithoutYes() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            String run =
                    terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
            int entries = terminal.data("audit", "list").size();
            terminal.forgetTraffic();

            for (String command : new String[] {
                "run " + Terminal.JOB, "run --due", "undo " + run, "enable " + Terminal.JOB,
            }) {
                Terminal.Answer answer = terminal.type(command.split(" "));

                assertThat(answer.exit()).as(command).isEqualTo(1);
                assertThat(answer.out()).as(command).isEmpty();
                assertThat(answer.err()).as(command).contains("nothing was done", "--yes");
            }
            assertThat(terminal.requests()).isZero();
            assertThat(terminal.data("audit", "list")).hasSize(entries);
        }
    }

    @Test
    void onlyAPlainYesActs() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUpgrade();
            int entries = terminal.data("audit", "list").size();

            for (String line : new String[] {"n\n", "\n", "", "no\n", "yn\n", "ny\n", "ja\n", "\0\n", "\ny\n"}) {
                Terminal.Answer answer = terminal.answering(line, "enable", Terminal.JOB);

                assertThat(answer.exit()).as(line).isEqualTo(1);
                assertThat(answer.err()).as(line).contains("[y/N]", "not confirmed, so nothing was done");
            }
            assertThat(terminal.data("audit", "list")).hasSize(entries);

            for (String line : new String[] {"y\n", " YES \n", "y"}) {
                assertThat(terminal.answering(line, "enable", Terminal.JOB).exit())
                        .as(line)
                        .isZero();
                assertThat(terminal.data("audit", "list")).as(line).hasSize(++entries);
            }
        }
    }

    @Test
    void theRemedyNamesWhatTheCommandHas() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUpgrade();

            assertThat(terminal.type("enable", Terminal.JOB).err())
                    .contains(" plan`")
                    .doesNotContain("--dry-run");
            assertThat(terminal.type("run", Terminal.JOB).err()).contains("--dry-run");
        }
    }

    @Test
    void whatIsDueIsShownBesideAnotherThatActs() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            terminal.data("run", Terminal.JOB, "--yes");
            terminal.home.clock.moveOn(java.time.Duration.ofDays(8));
            int entries = terminal.data("audit", "list").size();
            terminal.forgetTraffic();

            try (ActingLock lock = ActingLock.acquire(terminal.home.home(), "serve, process 17")) {
                assertThat(lock).isNotNull();
                assertThat(terminal.data("run", "--due", "--dry-run").path(0).path("operations"))
                        .hasSize(6);
            }

            assertThat(terminal.writes()).isEmpty();
            assertThat(terminal.data("audit", "list")).hasSize(entries);
        }
    }

    @Test
    void dryRunsNeedNoConsentAndWriteNothing() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            terminal.forgetTraffic();

            JsonNode plan = terminal.data("run", Terminal.JOB, "--dry-run");

            assertThat(plan.path("operations")).isNotEmpty();
            assertThat(terminal.writes()).isEmpty();

            String run =
                    terminal.data("run", Terminal.JOB, "--yes").path("runId").asString();
            terminal.forgetTraffic();
            JsonNode undo = terminal.data("undo", run, "--dry-run");

            // The plan shows the weaker of disable and remove; what is taken back is the disabling alone.
            assertThat(plan.path("operations"))
                    .filteredOn(operation -> operation.path("kind").asString().equals("webhook"))
                    .isNotEmpty()
                    .allSatisfy(operation -> assertThat(
                                    operation.path("reversibility").asString())
                            .isEqualTo("lossy"));
            assertThat(undo.path("operations"))
                    .filteredOn(operation -> operation.path("kind").asString().equals("webhook"))
                    .isNotEmpty()
                    .allSatisfy(operation -> {
                        assertThat(operation.path("reversibility").asString()).isEqualTo("exact");
                        assertThat(operation.path("lost")).isEmpty();
                    });
            assertThat(undo.path("operations")).hasSameSizeAs(plan.path("operations"));
            assertThat(terminal.requests()).isZero();
        }
    }

    @Test
    void whatIsDueIsRemovedOnceTheQuarantineIsOver() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUntilEnabled();
            terminal.data("run", Terminal.JOB, "--yes");

            assertThat(terminal.data("run", "--due", "--dry-run")).isEmpty();
            assertThat(terminal.data("run", "--due", "--yes")).isEmpty();
            assertThat(terminal.data("status").path("held"))
                    .filteredOn(held -> held.path("resource").asString().startsWith("webhook:"))
                    .hasSize(6);

            terminal.home.clock.moveOn(java.time.Duration.ofDays(8));

            JsonNode plans = terminal.data("run", "--due", "--dry-run");
            assertThat(plans.isArray()).isTrue();
            assertThat(plans.get(0).path("operations")).hasSize(6);

            JsonNode due = terminal.data("run", "--due", "--yes");

            assertThat(due).hasSize(1);
            assertThat(due.get(0).path("purpose").asString()).isEqualTo("due");
            assertThat(due.get(0).path("totals").path("done").asInt()).isEqualTo(6);
            assertThat(terminal.data("status").path("held")).isEmpty();
        }
    }

    @Test
    void explainSaysWhatWasDoneAndWhatWouldBeDoneNow() {
        try (Terminal terminal = new Terminal(folder)) {
            terminal.playUpgrade();
            String flag = terminal.data("plan", Terminal.JOB)
                    .path("operations")
                    .get(0)
                    .path("resource")
                    .asString();
            terminal.forgetTraffic();

            JsonNode planned =
                    terminal.data("explain", "flag:unleash/" + flag).path("now").get(0);
            JsonNode guarded = terminal.data(
                            "explain", "flag:unleash/" + dev.sweepback.sandbox.DtenScenario.OTHER_UPGRADE_FLAG)
                    .path("now")
                    .get(0);

            assertThat(planned.path("verdict").asString()).isEqualTo("planned");
            assertThat(guarded.path("verdict").asString()).isEqualTo("not selected");
            assertThat(terminal.writes()).isEmpty();
        }
    }

    @Test
    void whatDoesNotExistIsSaidBeforeConsentIsAskedFor() {
        try (Terminal terminal = new Terminal(folder)) {
            Terminal.Answer nothingYet = terminal.type("undo", "zzzz");
            assertThat(nothingYet.exit()).isEqualTo(64);
            assertThat(nothingYet.err()).contains("there is no store");
            assertThat(terminal.home.home()).doesNotExist();

            terminal.playUpgrade();

            for (String command : new String[] {"undo zzzz", "run zzzz"}) {
                Terminal.Answer answer = terminal.type(command.split(" "));

                assertThat(answer.exit()).as(command).isEqualTo(64);
                assertThat(answer.err()).as(command).contains("'zzzz'").doesNotContain("--yes");
            }
        }
    }
}
