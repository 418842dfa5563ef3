package dev.sweepback.cli;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The product on a sandbox, in eight beats. */
@Command(
        name = "demo",
        description = "Shows an upgrade's leftovers found, planned, removed, audited and put back, on a sandbox.")
final class DemoCommand implements Callable<Integer> {

    private final Outside outside;

    @Option(names = "--keep", description = "Leaves the sandbox and the home up, to explore them by hand.")
    private boolean keep;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    @Option(
            names = "--scene",
            paramLabel = "NAME",
            description = "Plays another story: back-out, in which a check fails after the second wave.")
    private Optional<Scene> scene = Optional.empty();

    /** A story beside the main one. */
    enum Scene {
        BACK_OUT("back-out");

        private final String word;

        Scene(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    DemoCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() throws Exception {
        // Warnings would break into the story: what they say is part of it.
        System.setProperty("sweepback.log", "ERROR");
        try (DemoInterruption interruption = DemoInterruption.expected(outside.err());
                DemoWorld world = interruption.world()) {
            return play(world, interruption).number();
        }
    }

    ExitCode play(DemoWorld world, DemoInterruption interruption) throws IOException, InterruptedException {
        List<String> broken =
                scene.isPresent() ? new DemoBackOut(world, outside).play() : new Demo(world, outside).play();
        interruption.close();
        ExitCode exit = broken.isEmpty() ? ExitCode.DONE : ExitCode.FAILURE;
        if (keep) {
            new DemoKeep(world, outside).stayUp(exit);
        } else {
            outside.out().println("next: ./sweepback demo --keep (explore by hand), ./sweepback init (your own)");
        }
        return exit;
    }
}
