package dev.sweepback.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Leaves the demo's sandbox and home up until the process is asked to end. */
final class DemoKeep {

    /** Set by the launcher: where it is itself. */
    static final String LAUNCHER = "sweepback.launcher";

    private final DemoWorld world;
    private final PrintStream out;

    DemoKeep(DemoWorld world, Outside outside) {
        this.world = world;
        this.out = outside.out();
    }

    /** @param exit how the process ends when it is asked to */
    void stayUp(ExitCode exit) throws InterruptedException {
        world.clock.catchUp();
        out.println("The sandbox stays up until Ctrl-C. In another terminal, in any folder:");
        commands(world, Path.of(System.getProperty(LAUNCHER, "sweepback")))
                .forEach(command -> out.println("  " + command));
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

    static List<String> commands(DemoWorld world, Path launcher) {
        String sweepback = SamePlace.quoted(launcher) + " --config " + SamePlace.quoted(world.config()) + " --home "
                + SamePlace.quoted(world.home()) + " ";
        Stream<String> tokens = world.tokens().entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(token -> "export " + token.getKey() + "=" + token.getValue());
        Stream<String> commands = Stream.of("status", "history", "plan " + DemoWorld.JOB, "audit list", "audit verify")
                .map(sweepback::concat);
        return Stream.concat(tokens, commands).toList();
    }
}
