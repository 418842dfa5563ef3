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

    void stayUp() throws InterruptedException {
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
        CountDownLatch ended = new CountDownLatch(1);
        Thread cleanup = new Thread(
                () -> {
                    world.close();
                    ended.countDown();
                },
                "demo ends");
        Runtime.getRuntime().addShutdownHook(cleanup);
        ended.await();
    }
}
