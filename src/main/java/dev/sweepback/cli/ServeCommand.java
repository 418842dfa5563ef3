package dev.sweepback.cli;

import dev.sweepback.schedule.Daemon;
import dev.sweepback.schedule.QuartzTimetable;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code sweepback serve}: runs jobs by itself until it is asked to stop. */
@Command(
        name = "serve",
        description = {
            "Run jobs by themselves when their gates open, until stopped.",
            "While it runs, it alone acts: to undo, or to run by hand, stop it, do that, and start it again.",
            "plan, gate, enable, pause, keep, status, audit and upgrade work beside it."
        })
final class ServeCommand implements Callable<Integer> {

    private static final String LOGGING = "logback.configurationFile";

    private final Outside outside;

    @Mixin
    private Common common = new Common();

    ServeCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        return serve(common.config(), common.home(outside));
    }

    /**
     * Returns when the process is asked to end.
     *
     * @throws dev.sweepback.journal.ActingLock.Held if another process acts on the store
     * @throws Failure if the settings are wrong, or it cannot listen
     */
    int serve(Path config, Path home) {
        logAsDaemon();
        Serving serving = Serving.open(config, home, outside, new QuartzTimetable());
        Thread end = new Thread(() -> end(serving), "end");
        Runtime.getRuntime().addShutdownHook(end);
        outside.err().println("listening on " + serving.url());
        outside.err().flush();
        serving.daemon().start();
        try {
            serving.awaitClosed();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            serving.close();
        }
        return ExitCode.DONE.number();
    }

    /** With times, job and run. Has an effect only before the first thing is logged, and not over a person's own choice. */
    private static void logAsDaemon() {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "logback-serve.xml");
        }
    }

    /** The process was asked to end. That is no failure, whatever Java makes of a signal: it ends with 0. */
    private void end(Serving serving) {
        Daemon.Phase phase = serving.daemon().askToStop();
        outside.err().println("asked to stop: no operation is begun any more; waiting for those in flight");
        // While it only waits to look at what is open, nothing is in flight: the next start looks again.
        if (phase != Daemon.Phase.SETTLING) {
            serving.close();
        } else {
            serving.recordRefusedSignals();
        }
        outside.err().println("stopped");
        outside.err().flush();
        outside.out().flush();
        Runtime.getRuntime().halt(ExitCode.DONE.number());
    }
}
