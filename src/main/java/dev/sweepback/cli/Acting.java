package dev.sweepback.cli;

import dev.sweepback.job.Counted;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.PlanAlreadyRun;
import dev.sweepback.journal.Run;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.Recovery;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Holds the acting lock for one command. When the process is asked to end, no operation is begun any more, those in flight
 * are settled, and only then it ends.
 */
final class Acting implements AutoCloseable {

    private final Wiring wiring;
    private final Common common;
    private final Console console;
    private final ActingLock lock;
    private final StopSignal stop = new StopSignal();
    private final Engine engine;
    private final Cleanup cleanup;
    private final CountDownLatch over = new CountDownLatch(1);

    /** A person is being asked, or systems are only read: nothing is in flight. */
    private volatile boolean idle;

    /** What an earlier process left open is waited for or looked at: nothing of this one is in flight. */
    private volatile boolean settling;

    private final Thread hook = new Thread(this::interrupted, "stop");

    private Acting(Wiring wiring, Common common, Console console, ActingLock lock) {
        this.wiring = wiring;
        this.common = common;
        this.console = console;
        this.lock = lock;
        this.engine = wiring.engine(stop);
        this.cleanup = new Cleanup(wiring.journal(), engine, wiring.outside().clock());
    }

    /** @throws ActingLock.Held if another process acts */
    static Acting begin(Wiring wiring, String command, Common common, Console console, Note note) {
        String who = command + ", process " + ProcessHandle.current().pid() + ", by "
                + note.actor().name();
        Acting acting = new Acting(wiring, common, console, ActingLock.acquire(wiring.storeFolder(), who));
        Runtime.getRuntime().addShutdownHook(acting.hook);
        return acting;
    }

    /**
     * Does what the command is for.
     *
     * @throws Failure also if the journal fails meanwhile: it then says how far this came, and how to go on
     */
    int carryOut(IntSupplier work) {
        try {
            return work.getAsInt();
        } catch (PlanAlreadyRun used) {
            throw used;
        } catch (JournalException e) {
            Failure failure = Unfinished.brokenOff(e, wiring.journal(), common);
            failure.initCause(e);
            throw failure;
        }
    }

    /** Looks at what an earlier process left open, and says for how long it waits for that and what it found. */
    void settle(Note note) {
        Recovery.Settled settled;
        settling = true;
        try {
            cleanup.waiting().ifPresent(waiting -> console.say(text(waiting)));
            settled = cleanup.settle(note);
        } finally {
            settling = false;
        }
        if (settled.found() > 0) {
            console.say("left open by an earlier process: " + Counted.text(settled.found(), "operation")
                    + "; still unsettled: " + settled.left());
        }
        if (stopped()) {
            throw settled.found() == 0
                    ? new Failure(
                            ExitCode.INTERRUPTED, "interrupted", "asked to stop before anything was begun", "", "")
                    : new Failure(
                            ExitCode.INTERRUPTED,
                            "interrupted",
                            "asked to stop before anything was added to what an earlier process had begun",
                            "",
                            "what is left open is looked at by the next run or undo");
        }
    }

    /** What failed checks of earlier runs left to be taken back is taken back before anything else. */
    List<Run> backOut(Note note) {
        List<Run> undos = cleanup.backOut(note);
        undos.forEach(undo -> console.say("took back by itself, as "
                + undo.started().reason().orElse("a check had failed") + ": run " + undo.id() + ", "
                + undo.state().word()));
        return undos;
    }

    private static String text(Recovery.Waiting waiting) {
        return "waiting until " + Times.wholeSecond(waiting.until()) + ", when "
                + Counted.text(waiting.operations(), "open operation")
                + " of an earlier process can be looked at";
    }

    /** What was taken back of a run by itself, as a check has failed. */
    List<Run> backOuts(Run run) {
        return RunJson.backOuts(run, wiring.journal());
    }

    Cleanup cleanup() {
        return cleanup;
    }

    boolean stopped() {
        return stop.isRaised();
    }

    /**
     * Asks a person; nothing may be in flight, and the process ends at once if it is asked to meanwhile.
     *
     * @throws Failure if it was asked to end
     */
    void ask(Runnable question) {
        read(() -> {
            question.run();
            return true;
        });
    }

    /** As {@link #ask}, for what only reads systems, however long that takes. */
    <T> T read(Supplier<T> reading) {
        T read;
        idle = true;
        try {
            refuseIfStopped();
            read = reading.get();
        } finally {
            idle = false;
        }
        refuseIfStopped();
        return read;
    }

    /** To be called right before something is begun. */
    void refuseIfStopped() {
        if (stopped()) {
            throw new Failure(ExitCode.INTERRUPTED, "interrupted", "asked to stop, so nothing more was begun", "", "");
        }
    }

    private void interrupted() {
        stop.raise();
        // Whoever is not seen idle here sees the signal before it begins anything.
        if (idle) {
            console.say("\nasked to stop, so nothing more was begun");
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
        }
        console.say(
                settling
                        ? "asked to stop: what an earlier process left open is not waited for any longer"
                        : "asked to stop: waiting until the operations in flight are settled");
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }

    @Override
    public void close() {
        try (wiring;
                lock;
                engine) {
            sayWhatIsLeft();
        } finally {
            over.countDown();
        }
    }

    private void sayWhatIsLeft() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            List<String> left = Unfinished.in(wiring.journal(), common).commands();
            console.say("stopped" + (left.isEmpty() ? "" : "; go on with what is left: " + String.join(" and ", left)));
        }
    }
}
