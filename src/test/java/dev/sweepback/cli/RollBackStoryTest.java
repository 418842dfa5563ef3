package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.run.Pause;
import dev.sweepback.sandbox.Comparison;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.upgrade.Upgrades;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code upgrade rollback}, as a step that a pipeline waits for. */
class RollBackStoryTest {

    private static final String ID = DtenScenario.UPGRADE;

    @TempDir
    Path folder = Path.of("");

    @Nullable
    private Terminal opened;

    private Terminal terminal() {
        return Objects.requireNonNull(opened);
    }

    @BeforeEach
    void enabled() {
        Terminal terminal = new Terminal(folder);
        opened = terminal;
        terminal.playUntilEnabled();
    }

    @AfterEach
    void close() {
        terminal().close();
    }

    private void onRollback(String what) {
        terminal()
                .home
                .write(
                        "jobs/dten-cleanup.yaml",
                        SandboxHome.JOB.replace("  steps:\n", "  undo: {onRollback: " + what + "}\n  steps:\n"));
        terminal().data("enable", Terminal.JOB, "--yes");
    }

    private ObjectNode ran() {
        ObjectNode before = terminal().home.sandbox.dump();
        terminal().data("run", Terminal.JOB, "--yes");
        return before;
    }

    private void asBefore(ObjectNode before) {
        Comparison comparison =
                Comparison.between(before, terminal().home.sandbox.dump());
        assertThat(comparison.different()).isEmpty();
        assertThat(comparison.exact() + comparison.reissued()).isEqualTo(comparison.things());
    }

    private String state() {
        return terminal().data("upgrade", "show", ID).path("state").asString();
    }

    @Test
    void withNothingRemovedItIsRolledBackAtOnce() {
        JsonNode upgrade = terminal().data("upgrade", "rollback", ID, "--wait");

        assertThat(upgrade.path("state").asString()).isEqualTo("rolled_back");
        assertThat(terminal().type("run", Terminal.JOB, "--yes").exit()).isEqualTo(4);
    }

    @Test
    void withoutWaitingItIsRollingBackAndSaysHowItGoesOn() {
        ObjectNode before = ran();

        Terminal.Answer answer = terminal().type("upgrade", "rollback", ID, "--reason", "errors at checkout");

        assertThat(answer.exit()).isZero();
        assertThat(answer.out()).contains("rolling_back");
        assertThat(answer.err()).contains("is taken back by itself", "upgrade rollback " + ID + " --wait");
        assertThat(state()).isEqualTo("rolling_back");
        JsonNode left = terminal().data("status").path("rollingBack");
        assertThat(left).hasSize(1);
        assertThat(left.get(0).path("onRollback").asString()).isEqualTo("auto");
        assertThat(terminal().type("status").out()).contains("being rolled back, and not put back yet: 1");

        JsonNode waited = terminal().data("upgrade", "rollback", ID, "--wait");

        assertThat(waited.path("state").asString()).isEqualTo("rolled_back");
        assertThat(waited.path("undos")).hasSize(1);
        assertThat(waited.path("undos").get(0).path("cause").asString()).contains("is rolled back");
        asBefore(before);
    }

    @Test
    void whatIsHeldIsNotRemovedAnyMore() {
        onRollback("none");
        ran();
        terminal().data("upgrade", "rollback", ID, "--wait");
        terminal().home.clock.moveOn(java.time.Duration.ofDays(8));

        assertThat(terminal().type("run", "--due", "--yes").err()).contains("nothing is due");
    }

    @Test
    void aConflictEndsWithSevenEachTimeItIsWaitedForAndStaysAsItIs() {
        ran();
        terminal().home.scenario.foreignChange();

        Terminal.Answer first = terminal().type("upgrade", "rollback", ID, "--wait", "-o", "json");
        ObjectNode after = terminal().home.sandbox.dump();
        Terminal.Answer again = terminal().type("upgrade", "rollback", ID, "--wait", "-o", "json");

        assertThat(first.exit()).isEqualTo(7);
        assertThat(first.json().path("conflicts").asInt()).isEqualTo(1);
        assertThat(first.json().path("state").asString()).isEqualTo("rolled_back");
        assertThat(again.exit()).isEqualTo(7);
        assertThat(again.json().path("undos")).isEmpty();
        assertThat(again.err()).contains("left alone: ");
        assertThat(terminal().home.sandbox.dump()).isEqualTo(after);
    }

    @Test
    void whereAPersonIsToBeAskedNothingIsDoneOffATerminal() {
        onRollback("ask");
        ObjectNode before = ran();

        Terminal.Answer answer = terminal().type("upgrade", "rollback", ID, "--wait");

        assertThat(answer.exit()).isEqualTo(3);
        assertThat(answer.err()).contains("still to be put back", "undo ");
        assertThat(state()).isEqualTo("rolling_back");

        assertThat(terminal().type("upgrade", "rollback", ID, "--wait", "--yes").exit())
                .isZero();
        assertThat(state()).isEqualTo("rolled_back");
        asBefore(before);
    }

    @Test
    void whatWasPutBackByHandMeanwhileCounts() {
        onRollback("ask");
        ObjectNode before = ran();
        terminal().type("upgrade", "rollback", ID, "--wait");
        String run = terminal().data("history").get(0).path("runId").asString();
        terminal().data("undo", run, "--yes");

        assertThat(terminal().type("upgrade", "rollback", ID, "--wait").exit()).isZero();

        asBefore(before);
    }

    @Test
    void whatAPersonIsToBeAskedForIsNotWaitedForWhileAnotherProcessActs() {
        onRollback("ask");
        ran();
        terminal().data("upgrade", "rollback", ID);

        Terminal.Answer answer;
        try (ActingLock lock = ActingLock.acquire(terminal().home.home(), "serve, process 1")) {
            assertThat(lock).isNotNull();
            answer = terminal().type("upgrade", "rollback", ID, "--wait", "--yes");
        }

        assertThat(answer.exit()).isEqualTo(3);
        assertThat(answer.err()).contains("end this process first", "serve, process 1");
        assertThat(terminal().type("upgrade", "rollback", ID, "--wait", "--yes").exit())
                .isZero();
    }

    @Test
    void whileAnotherProcessActsItWaitsForThat() {
        ran();
        terminal().data("upgrade", "rollback", ID);
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exit;
        try (ActingLock lock = ActingLock.acquire(terminal().home.home(), "serve, process 1")) {
            assertThat(lock).isNotNull();
            // What the daemon does in between.
            Pause daemon = instant -> {
                try (Wiring wiring = terminal().home.open()) {
                    new Upgrades(wiring.journal(), terminal().home.clock)
                            .rolledBack(SandboxHome.UPGRADE, 0, SandboxHome.SOMEBODY);
                }
                terminal().home.clock.until(instant);
            };
            exit = Cli.run(
                    new String[] {
                        "upgrade",
                        "rollback",
                        ID,
                        "--wait",
                        "--config",
                        terminal().home.config().toString(),
                        "--home",
                        terminal().home.home().toString()
                    },
                    new Outside(
                            terminal().home.environment(),
                            terminal().home.clock,
                            daemon,
                            new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                            new PrintStream(err, true, StandardCharsets.UTF_8),
                            false,
                            UnaryOperator.identity(),
                            UnaryOperator.identity()));
        }

        assertThat(exit).isZero();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("waiting", "serve, process 1");
    }
}
