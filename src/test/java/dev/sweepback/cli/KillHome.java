package dev.sweepback.cli;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.Runs;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.Pause;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.undo.Only;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The home of one case, as a process sees it that runs, takes back or recovers.
 *
 * @param upgrade its id
 * @param environment the credentials
 */
record KillHome(Path folder, String upgrade, Map<String, String> environment, StoryClock clock) {

    static final String JOB = "small-cleanup";
    static final String CLEANUP = "cleanup";
    static final String UNDO = "undo";

    /** An undo that a tripwire begins. */
    static final String TRIP = "trip";

    private static final String PACKAGE = "small";

    /** Runs the job or takes the run back. */
    void act(String purpose, Doom doom) {
        with(outside(clock, doom::over, doom::over), situation -> {
            situation.act(purpose);
            return purpose;
        });
    }

    /** What the next process does: settles, goes on, and begins anew if nothing had begun. */
    Run recover(String purpose, Pause pause) {
        return with(outside(pause, UnaryOperator.identity(), UnaryOperator.identity()), situation -> {
            situation.cleanup().settle(SandboxHome.SOMEBODY);
            situation.cleanup().resume(load(), Optional.empty(), SandboxHome.SOMEBODY);
            if (situation.last(purpose).isEmpty()) {
                situation.act(purpose);
            }
            return situation.last(purpose).orElseThrow();
        });
    }

    <T> T read(Function<Journal, T> reading) {
        return with(
                outside(clock, UnaryOperator.identity(), UnaryOperator.identity()),
                situation -> reading.apply(situation.journal()));
    }

    /** The upgrade, from its window to when its job may run. */
    void playUpgrade() {
        UpgradeId id = new UpgradeId(upgrade);
        read(journal -> {
            Upgrades upgrades = new Upgrades(journal, clock);
            Instant start = clock.instant();
            upgrades.schedule(
                    id,
                    PACKAGE,
                    "1",
                    "2",
                    "production",
                    new Window(start, start.plusSeconds(60), Duration.ZERO),
                    SandboxHome.SOMEBODY);
            upgrades.move(id, Move.START, Optional.empty(), SandboxHome.SOMEBODY);
            clock.moveOn(Duration.ofMinutes(1));
            upgrades.move(id, Move.COMPLETE, Optional.empty(), SandboxHome.SOMEBODY);
            clock.moveOn(Duration.ofMinutes(2));
            return Enablement.enable(journal, job(), id, SandboxHome.SOMEBODY);
        });
    }

    private Job job() {
        return Objects.requireNonNull(load().jobs().get(JOB));
    }

    private Loaded load() {
        Loaded files = Wiring.load(config(), outside(clock, UnaryOperator.identity(), UnaryOperator.identity()));
        if (!files.problems().isEmpty()) {
            throw new IllegalStateException(files.problems().toString());
        }
        return files;
    }

    private Path config() {
        return folder.resolve("sweepback.yaml");
    }

    private Outside outside(Pause pause, UnaryOperator<Http> http, UnaryOperator<Journal> journal) {
        return new Outside(environment, clock, pause, System.out, System.err, false, http, journal);
    }

    private <T> T with(Outside outside, Function<Opened, T> work) {
        Loaded files = load();
        try (Wiring wiring = Wiring.open(
                        config(), folder.resolve("home"), files.settings().orElseThrow(), outside);
                Engine engine = wiring.engine(new StopSignal())) {
            return work.apply(new Opened(this, files, wiring.journal(), new Cleanup(wiring.journal(), engine, clock)));
        }
    }

    private record Opened(KillHome home, Loaded files, Journal journal, Cleanup cleanup) {

        void act(String purpose) {
            if (purpose.equals(CLEANUP)) {
                cleanup.run(terms(), SandboxHome.SOMEBODY);
            } else if (purpose.equals(TRIP)) {
                cleanup.putBack(cleanup.look(Optional.empty()), SandboxHome.SOMEBODY);
            } else {
                cleanup.undo(last(CLEANUP).orElseThrow(), Only.ALL, SandboxHome.SOMEBODY);
            }
        }

        Terms terms() {
            Job job = home.job();
            return new Terms(
                    job,
                    files.policyOf(job),
                    Upgrades.find(journal, new UpgradeId(home.upgrade())).orElseThrow());
        }

        Optional<Run> last(String purpose) {
            String word = purpose.equals(TRIP) ? UNDO : purpose;
            List<Run> runs = Runs.all(journal).stream()
                    .filter(run -> run.purpose().equals(word))
                    .toList();
            return runs.isEmpty() ? Optional.empty() : Optional.of(runs.get(runs.size() - 1));
        }
    }
}
