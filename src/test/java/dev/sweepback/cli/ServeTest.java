package dev.sweepback.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import dev.sweepback.schedule.ByHand;
import dev.sweepback.schedule.QuartzTimetable;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrades;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The daemon within this process: gates, schedules, what is due, recovery and health. */
final class ServeTest extends ServeScene {

    @Test
    void anEnabledJobRunsOnceWhenItsGateOpens() {
        home.write(FILE, SandboxHome.JOB.replace("soak: 24h", "soak: 200h"));
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());

            time.beat();
            home.clock.moveOn(Duration.ofHours(6));
            time.beat();
            assertThat(Runs.all(serving.journal())).as("the soak is not over").isEmpty();

            home.clock.moveOn(Duration.ofMinutes(20));
            time.beat();
            home.clock.moveOn(Duration.ofHours(2));
            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void whatEnablesAJobElsewhereIsSeenWithTheNextBeat() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            time.beat();
            assertThat(runs(serving)).as("not enabled").isEmpty();

            enable(other.journal());
            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void quartzFiresAJobAtItsTimesAndItRunsOnce() {
        home.write(FILE, job("start: automatic", "schedule: {cron: \"* * * * * ?\", timezone: UTC}"));
        AtomicInteger fired = new AtomicInteger();
        try (Wiring other = home.open()) {
            home.playUpgrade(other.journal());
        }

        try (Serving serving =
                Serving.open(home.config(), home.home(), home.outside(), new Counting(new QuartzTimetable(), fired))) {
            serving.daemon().start();
            Await.until("the job ran", () -> runs(serving).equals(List.of(RunState.SUCCEEDED)));
            int before = fired.get();
            Await.until("the cron fired again", () -> fired.get() >= before + 2);

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aMissedFireTimeIsMadeUpForOnce() {
        home.write(FILE, job("start: automatic", NIGHTLY.formatted("run-once")));
        try (Wiring other = home.open()) {
            home.playUpgrade(other.journal());
        }

        try (Serving serving = serve()) {
            time.carryOut();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
        try (Serving serving = serve()) {
            time.carryOut();
            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aMissedFireTimeCanBeSkipped() {
        home.write(FILE, job("start: automatic", NIGHTLY.formatted("skip")));
        try (Wiring other = home.open()) {
            home.playUpgrade(other.journal());
        }

        try (Serving serving = serve()) {
            time.beat();
            assertThat(runs(serving)).isEmpty();

            time.fire(NAME);
            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aFireTimeBeforeTheJobWasEnabledIsNotMissed() {
        home.write(FILE, job("start: manual", NIGHTLY.formatted("run-once")));
        try (Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
        }

        try (Serving serving = serve()) {
            time.carryOut();
            time.beat();

            assertThat(runs(serving)).isEmpty();
        }
    }

    @Test
    void whatIsDueIsRemovedOnTime() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            time.beat();
            home.clock.moveOn(Duration.ofDays(6));
            time.beat();
            assertThat(dueRuns(serving)).isEmpty();

            home.clock.moveOn(Duration.ofDays(1).plusMinutes(1));
            time.beat();
            home.clock.moveOn(Duration.ofHours(3));
            time.beat();

            assertThat(dueRuns(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aRolledBackUpgradeCancelsWhatIsDue() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            time.beat();
            new Upgrades(other.journal(), home.clock)
                    .move(SandboxHome.UPGRADE, Move.ROLL_BACK, Optional.empty(), SandboxHome.SOMEBODY);

            home.clock.moveOn(Duration.ofDays(8));
            time.beat();

            assertThat(dueRuns(serving)).isEmpty();
        }
    }

    @Test
    void aSystemThatCannotBeReadDoesNotEndTheDaemon() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.sandbox
                    .github()
                    .faults()
                    .next(1000, request -> request.method().equals("GET"))
                    .answer(403, "application/json", "{\"message\":\"Resource not accessible by integration\"}");
            time.beat();
            time.beat();
            assertThat(runs(serving)).isEmpty();

            home.sandbox.github().faults().clear();
            time.beat();
            assertThat(runs(serving)).as("not at once").isEmpty();
            home.clock.moveOn(Duration.ofMinutes(6));
            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aPartialRunIsTriedAgainAfterAnHour() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.sandbox
                    .github()
                    .faults()
                    .next(Faults.request("PATCH", ".*/hooks/.*"))
                    .answer(403, "application/json", "{\"message\":\"Resource not accessible by integration\"}");
            time.beat();
            home.clock.moveOn(Duration.ofMinutes(50));
            time.beat();
            assertThat(runs(serving)).containsExactly(RunState.PARTIAL);

            home.clock.moveOn(Duration.ofMinutes(11));
            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.PARTIAL, RunState.SUCCEEDED);
        }
    }

    @Test
    void aPausedJobGoesOnWithItsRunOnceEnabled() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            Enablement.pause(other.journal(), Optional.empty(), SandboxHome.SOMEBODY);
            time.beat();
            assertThat(runs(serving)).isEmpty();

            enable(other.journal());
            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aRunThatWasPausedOnItsWayIsGoneOnWithAndNotBegunAnew() {
        home.write("policies/production.yaml", SandboxHome.POLICY.replace("size: 20", "size: 3"));
        try (Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            AtomicInteger writes = new AtomicInteger();
            UnaryOperator<Http> pausing = http -> request -> {
                if (request.method().equals("PATCH") && writes.incrementAndGet() == 1) {
                    Enablement.pause(other.journal(), Optional.of(NAME), SandboxHome.SOMEBODY);
                }
                return http.send(request);
            };
            try (Serving serving = serve(home.outside(pausing, UnaryOperator.identity()))) {
                enable(other.journal());
                time.beat();
                assertThat(runs(serving)).containsExactly(RunState.PAUSED);

                enable(other.journal());
                time.beat();

                assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
            }
        }
    }

    @Test
    void whatCannotBeLookedAtStaysUnsettledAndIsSettledOnceItsSystemAnswers() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.sandbox
                    .github()
                    .faults()
                    .next(Faults.request("PATCH", ".*/hooks/.*"))
                    .resetAfterwards();
            AtomicBoolean patched = new AtomicBoolean();
            home.sandbox
                    .github()
                    .faults()
                    .next(1000, request -> {
                        patched.compareAndSet(false, request.method().equals("PATCH"));
                        return patched.get() && request.method().equals("GET");
                    })
                    .answer(503, "application/json", "{\"message\":\"No server is available\"}");
            time.beat();
            assertThat(runs(serving)).containsExactly(RunState.UNSETTLED);

            home.clock.moveOn(Duration.ofMinutes(1));
            time.beat();
            assertThat(runs(serving)).containsExactly(RunState.UNSETTLED);
            home.sandbox.github().faults().clear();
            home.clock.moveOn(Duration.ofMinutes(5));
            time.beat();

            assertThat(Runs.all(serving.journal()).get(0).open()).isEmpty();
        }
    }

    @Test
    void aJobThatTakesLongHoldsUpNoOtherAndIsNotBegunTwice() throws Exception {
        String everySecond = "schedule: {cron: \"* * * * * ?\", timezone: UTC}";
        home.write(FILE, job("start: automatic", everySecond));
        home.write("jobs/leases.yaml", leasesOnly(job("start: automatic", everySecond)));
        HeldAnswer held = home.sandbox.github().faults().hold(Faults.request("PATCH", ".*/hooks/.*"));
        AtomicInteger fired = new AtomicInteger();
        try (Wiring other = home.open()) {
            home.playUpgrade(other.journal());
        }

        try (Serving serving =
                Serving.open(home.config(), home.home(), home.outside(), new Counting(new QuartzTimetable(), fired))) {
            serving.daemon().start();
            assertThat(held.awaitArrived(Duration.ofMinutes(2))).isTrue();
            Await.until("the other job ended", () -> runsOf("leases", serving).equals(List.of(RunState.SUCCEEDED)));
            int before = fired.get();
            Await.until("fire times went by", () -> fired.get() >= before + 2);
            assertThat(runsOf(NAME, serving)).containsExactly(RunState.RUNNING);

            held.release();
            Await.until("it ended", () -> !runsOf(NAME, serving).contains(RunState.RUNNING));
            assertThat(runsOf(NAME, serving)).hasSize(1);
        }
    }

    private static String leasesOnly(String job) {
        int steps = job.indexOf("    - name:");
        int leases = job.indexOf("    - name: migration leases");
        return job.substring(0, steps).replace(NAME, "leases")
                + job.substring(leases, job.indexOf("    - name: migration tokens"));
    }

    private static List<RunState> runsOf(String job, Serving serving) {
        return Runs.all(serving.journal()).stream()
                .filter(run -> run.job().equals(job))
                .map(Run::state)
                .toList();
    }

    @Test
    void healthTellsOfAJournalThatCannotBeAppendedTo() throws Exception {
        AtomicBoolean full = new AtomicBoolean();
        UnaryOperator<Journal> failing = journal -> new Delegating(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                if (full.get()) {
                    throw new JournalException("the disk is full: make room");
                }
                return super.append(drafts);
            }
        };
        try (Serving serving = serve(home.outside(UnaryOperator.identity(), failing));
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            assertThat(get(serving.url() + "/healthz")).isEqualTo("200 {\"status\":\"ok\"}");

            full.set(true);
            enable(other.journal());
            time.beat();
            assertThat(get(serving.url() + "/healthz"))
                    .isEqualTo("503 {\"status\":\"failing\",\"problems\":[\"the journal cannot be appended to\"]}");

            full.set(false);
            home.clock.moveOn(Duration.ofMinutes(6));
            time.beat();
            assertThat(get(serving.url() + "/healthz")).startsWith("200");
            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void itIsReadyOnceItHasRecoveredUntilItIsAskedToStop() throws Exception {
        try (Serving serving = Serving.open(home.config(), home.home(), home.outside(), new ByHand())) {
            assertThat(get(serving.url() + "/readyz")).isEqualTo("503 {\"status\":\"recovering\"}");
            serving.daemon().start();
            assertThat(get(serving.url() + "/readyz")).isEqualTo("200 {\"status\":\"ready\"}");
            serving.daemon().askToStop();
            assertThat(get(serving.url() + "/readyz")).isEqualTo("503 {\"status\":\"stopping\"}");
        }
    }

    private static String get(String url) throws IOException, InterruptedException {
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        return response.statusCode() + " " + response.body();
    }

    @Test
    void besideAnotherThatActsItSaysWhoThatIs() {
        home.open().close();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Outside outside = new Outside(
                home.environment(),
                home.clock,
                home.clock,
                new PrintStream(err, true, UTF_8),
                new PrintStream(err, true, UTF_8),
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        String[] serve = {
            "serve", "--config", home.config().toString(), "--home", home.home().toString()
        };

        try (ActingLock lock = ActingLock.acquire(home.home(), "run, process 17, by local:0/somebody")) {
            assertThat(Cli.run(serve, outside)).isEqualTo(1);

            assertThat(err.toString(UTF_8)).contains("run, process 17, by local:0/somebody");
            assertThat(lock).isNotNull();
        }
    }

    @Test
    void quartzFollowsTheFiles() {
        home.write(FILE, job("start: manual", "schedule: {cron: \"* * * * * ?\", timezone: UTC}"));
        home.write(
                "jobs/second.yaml",
                job("start: manual", "schedule: {cron: \"* * * * * ?\", timezone: UTC}")
                        .replace(NAME, "second"));
        Map<String, Job> jobs = home.load().jobs();
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        QuartzTimetable quartz = new QuartzTimetable();
        quartz.start(() -> {}, task -> (task.job().equals(NAME) ? first : second).incrementAndGet());
        try {
            quartz.follow(jobs.values());
            Await.until("both fired", () -> first.get() > 0 && second.get() > 0);

            quartz.follow(List.of(Objects.requireNonNull(jobs.get("second"))));
            int before = second.get();
            Await.until("what was under way has ended", () -> second.get() > before + 1);
            int fired = first.get();
            Await.until("the other fired on", () -> second.get() > before + 3);

            assertThat(first).hasValue(fired);
        } finally {
            quartz.stop();
        }
        assertThat(quartz.isRunning()).isFalse();
    }

    @Test
    void onlyThisMachineIsLetIn() {
        home.write("sweepback.yaml", home.settings(1).replace("127.0.0.1:0\"}", "0.0.0.0:0\"}"));

        assertThatThrownBy(this::serve).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(ExitCode.USAGE);
            assertThat(failure.getMessage()).contains("would let others in", "127.0.0.1");
        });
    }
}
