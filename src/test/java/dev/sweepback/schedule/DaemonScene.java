package dev.sweepback.schedule;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.World;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The daemon on an imitated system, its time turned by hand. */
abstract class DaemonScene {

    @TempDir
    Path folder = Path.of("");

    final World world = new World();
    ByHand time = new ByHand();
    private Optional<Daemon> daemon = Optional.empty();

    @AfterEach
    void close() {
        daemon.ifPresent(Daemon::close);
        world.close();
    }

    /** What the daemon reads. */
    Loaded files() {
        return world.files();
    }

    final void serve() {
        daemon.ifPresent(Daemon::close);
        time = new ByHand();
        StopSignal stop = new StopSignal();
        Cleanup cleanup = new Cleanup(world.journal, world.engine(world.settings(), stop), world.clock);
        Daemon next = new Daemon(
                new AppendWatch(world.journal),
                cleanup,
                world.gate,
                JobFiles.load(folder.resolve("sweepback.yaml"), this::files),
                time,
                new QuartzCron(),
                world.clock,
                stop,
                looked -> {});
        daemon = Optional.of(next);
        next.start();
    }

    /** Seconds go by, in each of which the daemon looks what there is to do. */
    final void pass(Duration span) {
        for (long second = 0; second < span.toSeconds(); second++) {
            world.pass(Duration.ofSeconds(1));
            time.beat();
        }
    }

    final List<RunState> states() {
        return Runs.all(world.journal).stream().map(Run::state).toList();
    }
}
