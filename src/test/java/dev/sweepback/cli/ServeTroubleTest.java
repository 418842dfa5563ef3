package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Purpose;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.HeldAnswer;
import dev.sweepback.schedule.ByHand;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon when things get into each other's way, or go wrong. Its time is turned by hand. */
final class ServeTroubleTest {

    private static final String NAME = "dten-cleanup";
    private static final String FILE = "jobs/dten-cleanup.yaml";
    private static final UpgradeId SECOND = new UpgradeId("second-upgrade");
    private static final String NIGHTLY = "schedule: {cron: \"0 0 3 * * ?\", timezone: UTC, misfire: %s}";

    @TempDir
    Path folder = Path.of("");

    private SandboxHome home;
    private final ByHand time = new ByHand();

    @BeforeEach
    void seed() {
        home = new SandboxHome(folder);
    }

    @AfterEach
    void close() {
        home.close();
    }

    @Test
    void aFireTimeThatComesWhileTheJobIsBusyIsMadeUpForAfterwards() throws Exception {
        try (Serving serving = fireTimeWhileSomethingIsRemoved("run-once")) {
            assertThat(dueRuns(serving)).containsExactly(RunState.SUCCEEDED);
            assertThat(runs(serving, SECOND)).hasSize(1);
        }
    }

    @Test
    void aJobThatSkipsWhatItMissedWaitsForItsNextFireTimeInstead() throws Exception {
        try (Serving serving = fireTimeWhileSomethingIsRemoved("skip")) {
            assertThat(dueRuns(serving)).containsExactly(RunState.SUCCEEDED);
            assertThat(runs(serving, SECOND)).isEmpty();

            time.fire(NAME);

            assertThat(runs(serving, SECOND)).hasSize(1);
        }
    }

    /** The removal of what is due takes ten minutes, and at its begin the fire time comes at which the second upgrade waits. */
    private Serving fireTimeWhileSomethingIsRemoved(String misfire) throws Exception {
        home.write(FILE, scheduled("start: automatic", NIGHTLY.formatted(misfire)));
        prepare(home::playUpgrade);
        Serving serving = serve(home.outside());
        time.fire(NAME);
        assertThat(runs(serving, SandboxHome.UPGRADE)).containsExactly(RunState.SUCCEEDED);
        home.clock.moveOn(Duration.ofDays(8));
        second(serving.journal());
        home.clock.moveOn(Duration.ofDays(2));
        HeldAnswer held = home.sandbox.github().faults().hold(Faults.request("GET", ".*/hooks.*"));
        Thread removal = new Thread(time::beat, "removal");
        removal.start();
        assertThat(held.awaitArrived(Duration.ofMinutes(2))).isTrue();

        time.fireMeanwhile(NAME);
        home.clock.moveOn(Duration.ofMinutes(10));
        held.release();
        removal.join();
        return serving;
    }

    @Test
    void aFireTimeAtWhichARunIsGoneOnWithIsNotLostForAnotherUpgrade() {
        home.write("policies/production.yaml", SandboxHome.POLICY.replace("size: 20", "size: 3"));
        home.write(FILE, scheduled("start: manual", NIGHTLY.formatted("skip")));
        prepare(home::playUpgrade);
        AtomicBoolean paused = new AtomicBoolean();
        try (Wiring other = home.open()) {
            UnaryOperator<Http> pausing = http -> request -> {
                if (request.method().equals("PATCH") && paused.compareAndSet(false, true)) {
                    Enablement.pause(other.journal(), Optional.of(NAME), SandboxHome.SOMEBODY);
                }
                return http.send(request);
            };
            try (Serving serving = serve(home.outside(pausing, UnaryOperator.identity()))) {
                second(other.journal());
                home.clock.moveOn(Duration.ofDays(2));
                enable(other.journal(), SandboxHome.UPGRADE);
                time.fire(NAME);
                assertThat(runs(serving, SandboxHome.UPGRADE)).containsExactly(RunState.PAUSED);
                enable(other.journal(), SandboxHome.UPGRADE);
                enable(other.journal(), SECOND);

                time.fire(NAME);

                assertThat(runs(serving, SandboxHome.UPGRADE)).containsExactly(RunState.SUCCEEDED);
                assertThat(runs(serving, SECOND)).hasSize(1);
            }
        }
    }

    @Test
    void whatCannotBeLookedAtIsLookedAtEverMoreSeldomAndItsJobWaits() {
        home.write(FILE, scheduled("start: automatic", ""));
        prepare(home::playUpgrade);
        prepare(this::second);
        home.clock.moveOn(Duration.ofDays(2));
        AtomicBoolean once = new AtomicBoolean();
        AtomicBoolean full = new AtomicBoolean();
        AtomicBoolean down = new AtomicBoolean();
        home.sandbox
                .github()
                .faults()
                .next(100_000, request -> down.get() && request.method().equals("GET"))
                .answer(503, "application/json", "{\"message\":\"No server is available\"}");
        UnaryOperator<Journal> failing = journal -> new Delegating(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                boolean strikes = drafts.stream().anyMatch(ServeTroubleTest::isOutcomeOfWebhook)
                        && once.compareAndSet(false, true);
                if (strikes) {
                    full.set(true);
                    down.set(true);
                }
                if (full.get()) {
                    throw new JournalException("the disk is full: make room");
                }
                return super.append(drafts);
            }
        };
        try (Serving serving = serve(home.outside(UnaryOperator.identity(), failing))) {
            time.beat();
            full.set(false);
            Run interrupted = Runs.all(serving.journal()).get(0);
            assertThat(interrupted.open()).hasSize(1);

            for (int second = 0; second < 1800; second += 5) {
                home.clock.moveOn(Duration.ofSeconds(5));
                time.beat();
            }

            assertThat(serving.journal().read(Query.of(EntryType.OPERATION_UNSETTLED)))
                    .as("after 1, 2, 4, 8 and 16 minutes, or so")
                    .hasSizeBetween(3, 7);
            assertThat(Runs.all(serving.journal()))
                    .as("nothing else of the job is begun")
                    .hasSize(1);

            down.set(false);
            home.clock.moveOn(Duration.ofHours(2));
            time.beat();
            home.clock.moveOn(Duration.ofMinutes(2));
            time.beat();
            home.clock.moveOn(Duration.ofMinutes(2));
            time.beat();

            assertThat(runs(serving, SandboxHome.UPGRADE)).containsExactly(RunState.SUCCEEDED);
            assertThat(runs(serving, SECOND)).hasSize(1);
        }
    }

    private static boolean isOutcomeOfWebhook(Draft draft) {
        return draft.type() == EntryType.OPERATION_OUTCOME
                && draft.fields().toString().contains("webhook");
    }

    @Test
    void aRunWithSomethingUnsettledIsNotGoneOnWithByANewStartEither() {
        prepare(journal -> {
            home.playUpgrade(journal);
            enable(journal, SandboxHome.UPGRADE);
        });
        AtomicBoolean dead = new AtomicBoolean();
        UnaryOperator<Journal> dying = journal -> new Delegating(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                if (dead.get() || drafts.stream().anyMatch(ServeTroubleTest::isOutcomeOfWebhook)) {
                    dead.set(true);
                    throw new JournalException("the disk is full: make room");
                }
                return super.append(drafts);
            }
        };
        try (Serving serving = serve(home.outside(UnaryOperator.identity(), dying))) {
            time.beat();
            assertThat(runs(serving, SandboxHome.UPGRADE)).containsExactly(RunState.RUNNING);
        }
        home.sandbox
                .github()
                .faults()
                .next(100_000, request -> request.method().equals("GET"))
                .answer(503, "application/json", "{\"message\":\"No server is available\"}");

        try (Serving serving = serve(home.outside())) {
            assertThat(runs(serving, SandboxHome.UPGRADE)).containsExactly(RunState.RUNNING);

            home.sandbox.github().faults().clear();
            home.clock.moveOn(Duration.ofMinutes(3));
            time.beat();
            home.clock.moveOn(Duration.ofMinutes(2));
            time.beat();

            assertThat(runs(serving, SandboxHome.UPGRADE)).containsExactly(RunState.SUCCEEDED);
        }
    }

    @Test
    void itIsNotReadyWhileItCannotFindOutWhatIsToBeDone() {
        AtomicBoolean broken = new AtomicBoolean();
        UnaryOperator<Journal> failing = journal -> new Delegating(journal) {
            @Override
            public void read(Query query, Consumer<Entry> consumer) {
                if (broken.get()) {
                    throw new IllegalStateException("nobody thought of this");
                }
                super.read(query, consumer);
            }
        };
        try (Serving serving = serve(home.outside(UnaryOperator.identity(), failing))) {
            broken.set(true);
            time.beat();

            assertThat(serving.daemon().readiness().good()).isFalse();
            assertThat(serving.daemon().readiness().status()).isEqualTo("failing");
            assertThat(serving.daemon().readiness().problems())
                    .singleElement()
                    .asString()
                    .contains("nothing new is begun");

            broken.set(false);
            time.beat();

            assertThat(serving.daemon().readiness().good()).isTrue();
        }
    }

    private Serving serve(Outside outside) {
        Serving serving = Serving.open(home.config(), home.home(), outside, time);
        serving.daemon().start();
        return serving;
    }

    private void prepare(Consumer<Journal> work) {
        try (Wiring other = home.open()) {
            work.accept(other.journal());
        }
    }

    /** An upgrade like the first, to the version after it; two days later its job may run. */
    private void second(Journal journal) {
        Upgrades upgrades = new Upgrades(journal, home.clock);
        Instant start = home.clock.instant();
        upgrades.schedule(
                SECOND,
                DtenScenario.PACKAGE,
                DtenScenario.TO_VERSION,
                "9.9.9",
                DtenScenario.ENVIRONMENT,
                new Window(start, start.plus(Duration.ofHours(1)), Duration.ofMinutes(30)),
                SandboxHome.SOMEBODY);
        home.clock.moveOn(Duration.ofMinutes(5));
        upgrades.move(SECOND, Move.START, Optional.empty(), SandboxHome.SOMEBODY);
        home.clock.moveOn(Duration.ofMinutes(10));
        upgrades.move(SECOND, Move.COMPLETE, Optional.empty(), SandboxHome.SOMEBODY);
    }

    private static String scheduled(String start, String schedule) {
        return SandboxHome.JOB.replace(
                "  policy: production\n", "  policy: production\n  " + start + "\n  " + schedule + "\n");
    }

    private void enable(Journal journal, UpgradeId upgrade) {
        Job job = Objects.requireNonNull(home.load().jobs().get(NAME));
        Enablement.enable(journal, job, upgrade, SandboxHome.SOMEBODY);
    }

    private static List<RunState> runs(Serving serving, UpgradeId upgrade) {
        return Runs.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.CLEANUP.word()))
                .filter(run -> run.upgrade().equals(Optional.of(upgrade)))
                .map(Run::state)
                .toList();
    }

    private static List<RunState> dueRuns(Serving serving) {
        return Runs.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.DUE.word()))
                .map(Run::state)
                .toList();
    }
}
