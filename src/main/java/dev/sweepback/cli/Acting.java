package dev.sweepback.cli;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Note;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.Recovery;
import dev.sweepback.run.StopSignal;
import java.util.concurrent.CountDownLatch;

/**
 * Holds the acting lock for one command. When the process is asked to end, no operation is begun any more, those in flight
 * are settled, and only then it ends.
 */
final class Acting implements AutoCloseable {

    private final Wiring wiring;
    private final Console console;
    private final ActingLock lock;
    private final StopSignal stop = new StopSignal();
    private final Engine engine;
    private final Cleanup cleanup;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "stop");

    private Acting(Wiring wiring, Console console, ActingLock lock) {
        this.wiring = wiring;
        this.console = console;
        this.lock = lock;
        this.engine = wiring.engine(stop);
        this.cleanup = new Cleanup(wiring.journal(), engine, wiring.outside().clock());
    }

    /** @throws ActingLock.Held if another process acts */
    static Acting begin(Wiring wiring, String command, Console console, Note note) {
        String who = "sweepback " + command + ", process "
                + ProcessHandle.current().pid() + ", by " + note.actor().name();
        Acting acting = new Acting(wiring, console, ActingLock.acquire(wiring.storeFolder(), who));
        Runtime.getRuntime().addShutdownHook(acting.hook);
        return acting;
    }

    /** Looks at what an earlier process left open, and says what it found. */
    void settle(Note note) {
        Recovery.Settled settled = cleanup.settle(note);
        if (settled.found() > 0) {
            console.say(settled.found() + " operations were left open by an earlier process; " + settled.left()
                    + " of them are still unsettled");
        }
        if (stop.isRaised()) {
            throw new Failure(
                    ExitCode.INTERRUPTED,
                    "interrupted",
                    "asked to stop before anything was begun",
                    "",
                    "what is left open is looked at by the next run or undo");
        }
    }

    Cleanup cleanup() {
        return cleanup;
    }

    Engine engine() {
        return engine;
    }

    boolean stopped() {
        return stop.isRaised();
    }

    private void interrupted() {
        stop.raise();
        console.say("asked to stop: waiting until the operations in flight are settled");
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
    }

    @Override
    public void close() {
        engine.close();
        lock.close();
        wiring.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            console.say("settled; what is left can be gone on with");
        }
        over.countDown();
    }
}
