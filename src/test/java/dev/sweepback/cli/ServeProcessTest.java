package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.ForkedJava;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import dev.sweepback.schedule.ByHand;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon in a process of its own, beside this one on the same home. */
final class ServeProcessTest {

    @TempDir
    Path folder = Path.of("");

    private SandboxHome home;

    @BeforeEach
    void seed() {
        home = new SandboxHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void othersReadAndEnableBesideItAndOnlyItActs() throws Exception {
        playUpgrade();
        try (Wiring wiring = home.open();
                ForkedJava daemon = fork()) {
            String url = listening(daemon);

            enable(wiring.journal());
            Await.until("the daemon ran the job", () -> states(wiring.journal()).equals(List.of(RunState.SUCCEEDED)));

            assertThat(status(url + "/healthz")).isEqualTo("200 {\"status\":\"ok\"}");
            assertThat(status(url + "/readyz")).isEqualTo("200 {\"status\":\"ready\"}");
            assertThat(wiring.journal().verify().problem()).isEmpty();
            assertThatThrownBy(() -> ActingLock.acquire(home.home(), "run"))
                    .isInstanceOfSatisfying(
                            ActingLock.Held.class,
                            held -> assertThat(held.holder()).isEqualTo("serve, process " + daemon.pid()));
            try (ForkedJava second = fork()) {
                assertThat(second.line()).contains("serve, process " + daemon.pid());
                assertThat(second.exitCode()).isEqualTo(1);
            }

            terminate(daemon);
            assertThat(daemon.exitCode()).isZero();
            ActingLock.acquire(home.home(), "run").close();
        }
    }

    @Test
    void askedToStopItSettlesWhatIsInFlightAndTheNextStartGoesOn() throws Exception {
        playUpgrade();
        try (Wiring wiring = home.open();
                ForkedJava daemon = fork()) {
            listening(daemon);
            HeldAnswer held = home.sandbox.github().faults().hold(Faults.request("PATCH", ".*/hooks/.*"));
            enable(wiring.journal());
            assertThat(held.awaitArrived(Duration.ofMinutes(2))).isTrue();

            terminate(daemon);
            assertThat(daemon.line()).startsWith("asked to stop");
            terminate(daemon);
            held.release();

            assertThat(daemon.exitCode()).isZero();
            Run paused = Runs.all(wiring.journal()).get(0);
            assertThat(paused.state()).isEqualTo(RunState.PAUSED);
            assertThat(paused.reason()).contains("asked to stop");
            assertThat(paused.open()).isEmpty();
            assertThat(hooksBegun(wiring.journal())).isEqualTo(1);
        }

        ByHand time = new ByHand();
        try (Serving next = Serving.open(home.config(), home.home(), home.outside(), time)) {
            next.daemon().start();
            time.beat();

            assertThat(states(next.journal())).containsExactly(RunState.SUCCEEDED);
            assertThat(hooksBegun(next.journal())).isEqualTo(6);
        }
    }

    @Test
    void afterItWasKilledTheNextStartSettlesByLookingAndGoesOn() throws Exception {
        playUpgrade();
        try (ForkedJava daemon = fork();
                Wiring wiring = home.open()) {
            listening(daemon);
            HeldAnswer held = home.sandbox.github().faults().hold(Faults.request("PATCH", ".*/hooks/.*"));
            enable(wiring.journal());
            assertThat(held.awaitArrived(Duration.ofMinutes(2))).isTrue();

            daemon.kill();
            held.release();
            assertThat(Runs.all(wiring.journal()).get(0).open()).isNotEmpty();
        }

        ByHand time = new ByHand();
        try (Serving next = Serving.open(home.config(), home.home(), home.outside(), time)) {
            next.daemon().start();
            time.beat();

            assertThat(states(next.journal())).containsExactly(RunState.SUCCEEDED);
            assertThat(hooksBegun(next.journal()))
                    .as("the one in flight was done")
                    .isEqualTo(6);
        }
    }

    private void playUpgrade() {
        try (Wiring wiring = home.open()) {
            home.playUpgrade(wiring.journal());
        }
    }

    private ForkedJava fork() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                home.config().toString(),
                home.home().toString(),
                home.clock.behind().toString()));
        home.environment().forEach((name, value) -> arguments.add(name + "=" + value));
        return new ForkedJava(ServeMain.class, arguments.toArray(String[]::new));
    }

    private static String listening(ForkedJava daemon) throws IOException {
        String line = daemon.line();
        assertThat(line).startsWith("listening on http://127.0.0.1:");
        return line.substring("listening on ".length());
    }

    private static void terminate(ForkedJava process) {
        ProcessHandle.of(process.pid()).orElseThrow().destroy();
    }

    private static String status(String url) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    private void enable(Journal journal) {
        Job job = Objects.requireNonNull(home.load().jobs().get("dten-cleanup"));
        Enablement.enable(journal, job, SandboxHome.UPGRADE, SandboxHome.SOMEBODY);
    }

    private static List<RunState> states(Journal journal) {
        return Runs.all(journal).stream().map(Run::state).toList();
    }

    private static long hooksBegun(Journal journal) {
        return journal.read(Query.of(EntryType.OPERATION_INTENT).kind("webhook"))
                .size();
    }
}
