package dev.sweepback.cli;

import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;

/** Leaves the demo's sandbox and home up until the process is asked to end. */
final class DemoKeep {

    private final DemoWorld world;
    private final PrintStream out;

    DemoKeep(DemoWorld world, Outside outside) {
        this.world = world;
        this.out = outside.out();
    }

    /** @param exit how the process ends when it is asked to */
    void stayUp(ExitCode exit) throws InterruptedException {
        world.clock.catchUp();
        String sweepback = "./sweepback --config " + world.config() + " --home " + world.home();
        out.println("The sandbox stays up until Ctrl-C. In another terminal, in this folder:");
        world.tokens().keySet().stream()
                .sorted()
                .forEach(name ->
                        out.println("  export " + name + "=" + world.tokens().get(name)));
        for (String command :
                new String[] {"status", "history", "plan " + DemoWorld.JOB, "audit list", "audit verify"}) {
            out.println("  " + sweepback + " " + command);
        }
        out.flush();
        // Being asked to end is how this is meant to end: no failure, whatever Java makes of a signal.
        Thread end = new Thread(
                () -> {
                    world.close();
                    Runtime.getRuntime().halt(exit.number());
                },
                "demo ends");
        Runtime.getRuntime().addShutdownHook(end);
        new CountDownLatch(1).await();
    }
}
