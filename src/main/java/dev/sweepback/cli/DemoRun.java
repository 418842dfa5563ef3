package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The process that the demo kills: a run of the demo's job, on the story's clock. */
final class DemoRun {

    private DemoRun() {}

    /** @param args settings file, home, how far the story is behind, upgrade */
    public static void main(String[] args) {
        StoryClock clock = new StoryClock(Duration.parse(args[2]));
        Outside outside = new Outside(
                System.getenv(),
                clock,
                clock,
                System.out,
                System.err,
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        Path config = Path.of(args[0]);
        Loaded files = Wiring.load(config, outside);
        Note note = Note.of(LocalActor.current());
        try (Wiring wiring =
                        Wiring.open(config, Path.of(args[1]), files.settings().orElseThrow(), outside);
                ActingLock lock = ActingLock.acquire(
                        wiring.storeFolder(),
                        "demo run, process " + ProcessHandle.current().pid());
                Engine engine = wiring.engine(new StopSignal())) {
            var job = Objects.requireNonNull(files.jobs().get(DemoWorld.JOB));
            var upgrade =
                    Upgrades.find(wiring.journal(), new UpgradeId(args[3])).orElseThrow();
            Objects.requireNonNull(lock);
            new Cleanup(wiring.journal(), engine, clock).run(new Terms(job, files.policyOf(job), upgrade), note);
        }
    }
}
