package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.ForkedJava;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands typed beside a daemon that is another process on the same home. */
class BesideServeTest {

    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private Terminal terminal;

    @BeforeEach
    void seed() {
        terminal = new Terminal(folder);
        terminal.playUpgrade();
    }

    @AfterEach
    void close() {
        terminal.close();
    }

    @Test
    void readingAndRecordingWorkAndActingIsRefusedWithTheHolder() throws Exception {
        try (ForkedJava daemon = serve()) {
            listening(daemon);

            Instant now = terminal.home.clock.instant();
            works(
                    "upgrade",
                    "schedule",
                    "another-package",
                    "--from",
                    "1",
                    "--to",
                    "2",
                    "--environment",
                    DtenScenario.ENVIRONMENT,
                    "--window",
                    now + "/" + now.plus(Duration.ofHours(1)),
                    "--id",
                    "another");
            works("upgrade", "start", "another");
            works("upgrade", "complete", "another");
            works("plan", Terminal.JOB);
            works("audit", "list");
            works("audit", "verify");
            assertThat(terminal.data("status").path("actingBy").asString()).contains(holder(daemon));
            refused(daemon, "run", Terminal.JOB, "--yes");

            works("enable", Terminal.JOB, "--yes");
            Await.until("the daemon ran the job", () -> runs().equals(List.of("succeeded")));
            String run = terminal.data("history").path(0).path("runId").asString();
            refused(daemon, "undo", run, "--yes");
            refused(daemon, "run", "--due", "--yes");
            try (ForkedJava second = serve()) {
                assertThat(second.line()).contains(holder(daemon));
                assertThat(second.exitCode()).isEqualTo(ExitCode.FAILURE.number());
            }
            assertThat(runs()).containsExactly("succeeded");
            works("audit", "verify");
        }
    }

    @Test
    void askedToStopWithSeveralOperationsInFlightItSettlesThemAndClosesTheJournal() throws Exception {
        terminal.home.write("sweepback.yaml", terminal.home.settings(3));
        try (ForkedJava daemon = serve()) {
            listening(daemon);
            Faults github = terminal.home.sandbox.github().faults();
            List<HeldAnswer> held = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                held.add(github.hold(Faults.request("PATCH", ".*/hooks/.*")));
            }
            works("enable", Terminal.JOB, "--yes");
            for (HeldAnswer one : held) {
                assertThat(one.awaitArrived(LONG)).isTrue();
            }

            ProcessHandle.of(daemon.pid()).orElseThrow().destroy();
            assertThat(daemon.line()).startsWith("asked to stop");
            held.forEach(HeldAnswer::release);

            assertThat(daemon.exitCode()).isZero();
        }

        assertThat(terminal.home.home().resolve("sweepback.db-wal"))
                .as("the log of a store that was closed")
                .doesNotExist();
        assertThat(terminal.home.sandbox.github().traffic().count("PATCH", ".*/hooks/.*"))
                .as("begun after it was asked to stop: none")
                .isEqualTo(3);
        try (Wiring wiring = terminal.home.open()) {
            Run run = Runs.all(wiring.journal()).get(0);
            assertThat(run.state()).isEqualTo(RunState.PAUSED);
            assertThat(run.open()).isEmpty();
            assertThat(wiring.journal()
                            .read(Query.of(EntryType.OPERATION_INTENT).kind("webhook")))
                    .hasSize(3);
        }
        works("audit", "verify");
    }

    private List<String> runs() {
        try (Wiring wiring = terminal.home.open()) {
            return Runs.all(wiring.journal()).stream()
                    .map(run -> run.state().word())
                    .toList();
        }
    }

    private void works(String... command) {
        Terminal.Answer answer = terminal.type(command);
        assertThat(answer.exit()).as("%s", answer).isZero();
    }

    private void refused(ForkedJava daemon, String... command) {
        Terminal.Answer answer = terminal.type(command);
        assertThat(answer.exit()).as("%s", answer).isEqualTo(ExitCode.FAILURE.number());
        assertThat(answer.err()).contains(holder(daemon));
        assertThat(answer.out()).isEmpty();
    }

    private static String holder(ForkedJava daemon) {
        assertThat(daemon.pid()).isNotEqualTo(ProcessHandle.current().pid());
        return "serve, process " + daemon.pid();
    }

    private ForkedJava serve() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                terminal.home.config().toString(),
                terminal.home.home().toString(),
                terminal.home.clock.behind().toString()));
        for (Map.Entry<String, String> variable : terminal.home.environment().entrySet()) {
            arguments.add(variable.getKey() + "=" + variable.getValue());
        }
        return new ForkedJava(ServeMain.class, arguments.toArray(String[]::new));
    }

    private static void listening(ForkedJava daemon) throws IOException {
        assertThat(daemon.line()).startsWith("listening on http://127.0.0.1:");
    }
}
