package dev.sweepback.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Optional;

/** Asked to end in the middle of its story, the demo removes what it made, and says so. */
final class DemoInterruption implements AutoCloseable {

    private final PrintStream err;
    private final Thread hook = new Thread(this::interrupted, "demo is interrupted");
    private Optional<DemoWorld> world = Optional.empty();

    private DemoInterruption(PrintStream err) {
        this.err = err;
    }

    /** To be closed once the story is over. */
    static DemoInterruption expected(PrintStream err) {
        DemoInterruption interruption = new DemoInterruption(err);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Makes the world; asked to end meanwhile, the demo ends once it can be removed. */
    synchronized DemoWorld world() throws IOException {
        DemoWorld made = new DemoWorld();
        world = Optional.of(made);
        return made;
    }

    /** The run in a process of its own is there to be killed, and would write on. */
    private synchronized void interrupted() {
        ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
        try {
            world.ifPresent(DemoWorld::remove);
            err.println("\nthe demo was stopped; nothing was left behind");
        } catch (IllegalStateException e) {
            err.println("\nthe demo was stopped; " + e.getMessage());
        }
    }

    /** Where the process is ending already, it waits for that: what then fails in the story is not worth telling. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            waitForTheEnd();
        }
    }

    private static void waitForTheEnd() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
