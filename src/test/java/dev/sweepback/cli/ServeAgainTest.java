package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Purpose;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.schedule.ByHand;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon comes back to what it kept only for a time, and says when it cannot look at all. */
class ServeAgainTest {

    private static final String NAME = "dten-cleanup";
    private static final String FILE = "jobs/dten-cleanup.yaml";

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
    void whatWasInUseIsRemovedOnceItHasBeenIdleLongEnough() {
        try (Serving serving = serve(home.outside());
                Wiring other = home.open()) {
            playUntilEnabled(other.journal());
            time.beat();
            assertThat(cleanups(serving)).hasSize(1);
            assertThat(flagIsLive()).isTrue();

            home.clock.moveOn(Duration.ofDays(6));
            time.beat();
            assertThat(cleanups(serving)).as("still idle too short").hasSize(1);

            home.clock.moveOn(Duration.ofDays(1).plusHours(1));
            time.beat();
            assertThat(flagIsLive()).isFalse();
            beats(30);
            home.clock.moveOn(Duration.ofDays(30));
            beats(3);
            assertThat(cleanups(serving)).as("nothing waits any more").hasSize(2);
        }
    }

    @Test
    void whatIsUsedAllTheTimeIsLookedAtSeldom() {
        try (Serving serving = serve(home.outside());
                Wiring other = home.open()) {
            playUntilEnabled(other.journal());
            for (int day = 0; day < 30; day++) {
                beats(5);
                home.clock.moveOn(Duration.ofDays(1));
                home.scenario.applicationsEvaluate();
            }

            assertThat(cleanups(serving)).hasSizeBetween(2, 6);
            assertThat(flagIsLive()).isTrue();
        }
    }

    @Test
    void aJobWithAScheduleComesBackAtItsFireTimes() {
        home.write(
                FILE,
                SandboxHome.JOB.replace(
                        "  policy: production\n",
                        "  policy: production\n  schedule: {cron: \"0 0 3 * * ?\", timezone: UTC, misfire: skip}\n"));
        try (Serving serving = serve(home.outside());
                Wiring other = home.open()) {
            playUntilEnabled(other.journal());
            time.fire(NAME);
            home.clock.moveOn(Duration.ofDays(6));
            time.fire(NAME);
            assertThat(cleanups(serving)).hasSize(1);

            home.clock.moveOn(Duration.ofDays(1).plusHours(1));
            beats(3);
            assertThat(cleanups(serving)).as("no fire time").hasSize(1);
            time.fire(NAME);
            time.fire(NAME);

            assertThat(cleanups(serving)).hasSize(2);
            assertThat(flagIsLive()).isFalse();
        }
    }

    @Test
    void itIsNotReadyWhileItCannotLook() {
        AtomicBoolean broken = new AtomicBoolean();
        UnaryOperator<Journal> breaking = journal -> new Delegating(journal) {
            @Override
            public void read(Query query, Consumer<Entry> consumer) {
                if (broken.get() && query.limit() == 0) {
                    throw new JournalException("it cannot be read");
                }
                super.read(query, consumer);
            }
        };
        try (Serving serving = serve(home.outside(UnaryOperator.identity(), breaking))) {
            time.beat();
            assertThat(serving.daemon().readiness().good()).isTrue();

            broken.set(true);
            home.clock.moveOn(Duration.ofMinutes(2));
            time.beat();
            assertThat(serving.daemon().readiness().status()).isEqualTo("failing");
            assertThat(serving.daemon().readiness().good()).isFalse();

            broken.set(false);
            time.beat();
            assertThat(serving.daemon().readiness().good()).isTrue();
        }
    }

    private void beats(int count) {
        for (int beat = 0; beat < count; beat++) {
            home.clock.moveOn(Duration.ofSeconds(1));
            time.beat();
        }
    }

    private boolean flagIsLive() {
        return home.sandbox.unleash().isLive(DtenScenario.FLAG_IN_USE);
    }

    private Serving serve(Outside outside) {
        time = new ByHand();
        Serving serving = Serving.open(home.config(), home.home(), outside, time);
        serving.daemon().start();
        return serving;
    }

    private void playUntilEnabled(Journal journal) {
        home.playUpgrade(journal);
        Enablement.enable(
                journal,
                Objects.requireNonNull(home.load().jobs().get(NAME)),
                SandboxHome.UPGRADE,
                SandboxHome.SOMEBODY);
    }

    private static List<Run> cleanups(Serving serving) {
        return Runs.all(serving.journal()).stream()
                .filter(run -> run.purpose().equals(Purpose.CLEANUP.word()))
                .toList();
    }
}
