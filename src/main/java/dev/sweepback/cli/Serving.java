package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.job.SignalSettings;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Journal;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.StopSignal;
import dev.sweepback.schedule.AppendWatch;
import dev.sweepback.schedule.Daemon;
import dev.sweepback.schedule.JobFiles;
import dev.sweepback.schedule.QuartzCron;
import dev.sweepback.schedule.Timetable;
import dev.sweepback.server.CannotListen;
import dev.sweepback.server.DaemonServer;
import dev.sweepback.server.HealthRoutes;
import dev.sweepback.server.MetricsRoute;
import dev.sweepback.server.RefusedSignals;
import dev.sweepback.server.Routes;
import dev.sweepback.server.SignalCounts;
import dev.sweepback.server.SignalKeys;
import dev.sweepback.server.SignalRoutes;
import dev.sweepback.store.SqlJournal;
import dev.sweepback.upgrade.Signals;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A daemon with all that it holds: lock, store, systems, port. Closing gives back in the opposite order, once. */
final class Serving implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Serving.class);

    private final Deque<AutoCloseable> held = new ArrayDeque<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Daemon daemon;
    private final DaemonServer server;
    private final RefusedSignals refusedSignals;
    private final Journal journal;

    private Serving(Path config, Path home, Outside outside, Timetable timetable) {
        try {
            JobFiles files = JobFiles.load(config, () -> Wiring.load(config, outside));
            Settings settings = settings(files.current(), config);
            hold(ActingLock.acquire(
                    SqlJournal.folder(Wiring.database(home, settings)),
                    "serve, process " + ProcessHandle.current().pid()));
            StopSignal stop = new StopSignal();
            AppendWatch[] watch = new AppendWatch[1];
            Outside watched = watched(outside, watch);
            Wiring wiring = hold(Wiring.open(config, home, settings, watched));
            hold(new KeepAlive(wiring.catalog(), settings).start());
            Engine engine = hold(wiring.engine(stop));
            this.journal = wiring.journal();
            this.daemon = new Daemon(
                    watch[0],
                    new Cleanup(wiring.journal(), engine, outside.clock()),
                    wiring.gate(),
                    files,
                    timetable,
                    new QuartzCron(),
                    outside.clock(),
                    stop,
                    looked -> LastLook.write(wiring.storeFolder(), looked));
            this.refusedSignals = hold(new RefusedSignals(wiring.journal(), outside.clock()).start());
            this.server = hold(DaemonServer.start(settings.server(), routes(wiring, daemon, refusedSignals)));
        } catch (CannotListen e) {
            giveBack();
            throw new Failure(
                    ExitCode.FAILURE, "cannot-listen", String.valueOf(e.getMessage()), config.toString(), e.remedy());
        } catch (RuntimeException e) {
            giveBack();
            throw e;
        }
    }

    /**
     * Takes lock, store and port; nothing acts yet.
     *
     * @throws ActingLock.Held if another process acts on the store
     * @throws Failure if the settings are wrong, or it cannot listen
     */
    static Serving open(Path config, Path home, Outside outside, Timetable timetable) {
        return new Serving(config, home, outside, timetable);
    }

    private static Settings settings(Loaded files, Path config) {
        return files.settings()
                .orElseThrow(() -> new Failure(
                        ExitCode.USAGE,
                        "invalid-settings",
                        files.problems().stream().map(Object::toString).collect(Collectors.joining("\n")),
                        config.toString(),
                        "correct the settings file, then: sweepback validate"));
    }

    private static List<Routes> routes(Wiring wiring, Daemon daemon, RefusedSignals refused) {
        SignalSettings signals = wiring.settings().server().signals();
        Clock clock = wiring.outside().clock();
        SignalCounts counts = new SignalCounts();
        return List.of(
                new HealthRoutes(daemon),
                new MetricsRoute(counts),
                new SignalRoutes(
                        SignalKeys.resolve(signals, wiring.secrets()),
                        signals.perMinute(),
                        new Signals(wiring.journal(), clock),
                        counts,
                        refused,
                        clock));
    }

    private static Outside watched(Outside outside, AppendWatch[] watch) {
        return new Outside(
                outside.environment(),
                outside.clock(),
                outside.nanos(),
                outside.pause(),
                outside.out(),
                outside.err(),
                outside.interactive(),
                outside.http(),
                journal -> {
                    watch[0] = new AppendWatch(outside.journal().apply(journal));
                    return watch[0];
                },
                outside.actor());
    }

    private <T extends AutoCloseable> T hold(T resource) {
        held.push(resource);
        return resource;
    }

    Daemon daemon() {
        return daemon;
    }

    Journal journal() {
        return journal;
    }

    String url() {
        return server.url();
    }

    /** For a process that ends without closing this. */
    void recordRefusedSignals() {
        refusedSignals.record();
    }

    /** Begins no operation any more, settles those in flight, and gives everything back. Idempotent, waits for the first call. */
    @Override
    public void close() {
        boolean first;
        synchronized (held) {
            first = !held.isEmpty();
            if (first) {
                daemon.close();
                giveBack();
            }
        }
        closed.countDown();
    }

    private void giveBack() {
        while (!held.isEmpty()) {
            AutoCloseable resource = held.pop();
            try {
                resource.close();
            } catch (Exception e) {
                LOG.error(
                        "could not close {}; the process ends anyway",
                        resource.getClass().getSimpleName(),
                        e);
            }
        }
    }

    void awaitClosed() throws InterruptedException {
        closed.await();
    }
}
