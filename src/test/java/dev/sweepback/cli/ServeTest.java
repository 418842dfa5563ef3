package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Purpose;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.schedule.QuartzTimetable;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrades;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon within this process, its time turned by hand. */
final class ServeTest {

    private static final String NAME = "dten-cleanup";
    private static final String FILE = "jobs/dten-cleanup.yaml";
    private static final String NIGHTLY = "schedule: {cron: \"0 0 3 * * ?\", timezone: UTC, misfire: %s}";

    @TempDir
    Path folder = Path.of("");

    private SandboxHome home;
    private ByHand time = new ByHand();

    @BeforeEach
    void seed() {
        home = new SandboxHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

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
            assertThat(Run.all(serving.journal())).as("the soak is not over").isEmpty();

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
    void aBrokenFileStaysInUseAsItWasAndThatIsSaid() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.write(FILE, SandboxHome.JOB.replace("action: archive", "action: explode"));

            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
            assertThat(serving.daemon().readiness().good()).isTrue();
            assertThat(serving.daemon().readiness().problems())
                    .anySatisfy(problem ->
                            assertThat(problem).startsWith(FILE + ":").contains("explode"))
                    .noneSatisfy(problem -> assertThat(problem).contains(folder.toString()));
        }
    }

    @Test
    void aBrokenPolicyStaysInUseAsItWas() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.write("policies/production.yaml", "kind: Nonsense");

            time.beat();

            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void aChangedJobMustBeEnabledAgain() {
        try (Serving serving = serve();
                Wiring other = home.open()) {
            home.playUpgrade(other.journal());
            enable(other.journal());
            home.write(FILE, SandboxHome.JOB + "# looked at again\n");

            time.beat();
            assertThat(runs(serving)).isEmpty();

            enable(other.journal());
            time.beat();
            assertThat(runs(serving)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void jobsComeAndGoWithTheirFiles() throws Exception {
        home.write(FILE, job("start: manual", NIGHTLY.formatted("skip")));
        try (Serving serving = serve()) {
            assertThat(time.scheduled()).containsExactly(NAME);

            home.write(
                    "jobs/second.yaml",
                    job("start: manual", NIGHTLY.formatted("skip")).replace(NAME, "second"));
            time.beat();
            assertThat(time.scheduled()).containsExactly(NAME, "second");

            Files.delete(folder.resolve(FILE));
            time.beat();
            assertThat(time.scheduled()).containsExactly("second");
            assertThat(serving.daemon().readiness().problems()).isEmpty();
        }
    }

    @Test
    void changedSettingsAreNotAppliedAndThatIsSaid() {
        try (Serving serving = serve()) {
            home.write("sweepback.yaml", home.settings(2));

            time.beat();

            assertThat(serving.daemon().readiness().problems())
                    .singleElement()
                    .asString()
                    .contains("restart");
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
    void onlyThisMachineIsLetIn() {
        home.write("sweepback.yaml", home.settings(1).replace("127.0.0.1:0\"}", "0.0.0.0:0\"}"));

        assertThatThrownBy(this::serve).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.exit()).isEqualTo(ExitCode.FAILURE);
            assertThat(failure.remedy()).contains("127.0.0.1");
        });
    }

    private Serving serve() {
        time = new ByHand();
        Serving serving = Serving.open(
                home.config(), home.home(), home.outside(UnaryOperator.identity(), UnaryOperator.identity()), time);
        serving.daemon().start();
        return serving;
    }

    private static String job(String start, String schedule) {
        return SandboxHome.JOB.replace(
                "  policy: production\n", "  policy: production\n  " + start + "\n  " + schedule + "\n");
    }

    private void enable(Journal journal) {
        Job job = Objects.requireNonNull(home.load().jobs().get(NAME));
        Enablement.enable(journal, job, SandboxHome.UPGRADE, SandboxHome.SOMEBODY);
    }

    private static List<RunState> runs(Serving serving) {
        return Run.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.CLEANUP.word()))
                .map(Run::state)
                .toList();
    }

    private static List<RunState> dueRuns(Serving serving) {
        return Run.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.DUE.word()))
                .map(Run::state)
                .toList();
    }
}
