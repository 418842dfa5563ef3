package dev.sweepback.cli;

import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.Runs;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.undo.Only;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Removes and takes back all that a job selects, in a process of its own, and tells what that took. */
final class ScaleMain {

    static final String JOB = "large-cleanup";
    static final UpgradeId UPGRADE = new UpgradeId("large-2");

    private ScaleMain() {}

    /** What was measured, as one line. */
    record Measured(String run, String undo, int threadsAtStart, int threadsAtMost, long heapAtStart, long heapAtEnd) {

        static Measured parse(String line) {
            String[] parts = line.split(" ", -1);
            return new Measured(
                    parts[0],
                    parts[1],
                    Integer.parseInt(parts[2]),
                    Integer.parseInt(parts[3]),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]));
        }

        @Override
        public String toString() {
            return "%s %s %d %d %d %d".formatted(run, undo, threadsAtStart, threadsAtMost, heapAtStart, heapAtEnd);
        }
    }

    /** Folder of the files, how far the story is behind, and the credentials. */
    public static void main(String[] arguments) {
        Map<String, String> environment =
                Map.of("UNLEASH_TOKEN", arguments[2], "GITHUB_TOKEN", arguments[3], "VAULT_TOKEN", arguments[4]);
        StoryClock clock = new StoryClock(Duration.parse(arguments[1]));
        Path folder = Path.of(arguments[0]);
        Outside outside = new Outside(
                environment,
                clock,
                clock,
                System.out,
                System.err,
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        Loaded files = Wiring.load(folder.resolve("sweepback.yaml"), outside);
        if (!files.problems().isEmpty()) {
            throw new IllegalStateException(files.problems().toString());
        }
        try (Wiring wiring = Wiring.open(
                        folder.resolve("sweepback.yaml"),
                        folder.resolve("home"),
                        files.settings().orElseThrow(),
                        outside);
                Engine engine = wiring.engine(new StopSignal())) {
            Terms terms = terms(files, wiring.journal(), clock);
            ThreadMXBean threads = ManagementFactory.getThreadMXBean();
            threads.resetPeakThreadCount();
            int threadsAtStart = threads.getThreadCount();
            long heapAtStart = heapAfterCollection();

            Cleanup cleanup = new Cleanup(wiring.journal(), engine, clock);
            String run = ran(cleanup.run(terms, SandboxHome.SOMEBODY));
            Run last = Runs.all(wiring.journal()).get(0);
            String undo = ran(cleanup.undo(last, Only.ALL, SandboxHome.SOMEBODY));
            last = null;

            System.out.println(new Measured(
                    run, undo, threadsAtStart, threads.getPeakThreadCount(), heapAtStart, heapAfterCollection()));
        }
    }

    private static String ran(RunAnswer answer) {
        return answer instanceof RunAnswer.Ran ran
                ? ran.run().state().word()
                : answer.toString().replace(' ', '_');
    }

    private static Terms terms(Loaded files, Journal journal, StoryClock clock) {
        Upgrades upgrades = new Upgrades(journal, clock);
        Instant start = clock.instant();
        upgrades.schedule(
                UPGRADE,
                "large",
                "1",
                "2",
                "production",
                new Window(start, start.plusSeconds(60), Duration.ZERO),
                SandboxHome.SOMEBODY);
        upgrades.move(UPGRADE, Move.START, Optional.empty(), SandboxHome.SOMEBODY);
        clock.moveOn(Duration.ofMinutes(1));
        Upgrade upgrade = upgrades.move(UPGRADE, Move.COMPLETE, Optional.empty(), SandboxHome.SOMEBODY);
        clock.catchUp();
        Job job = Objects.requireNonNull(files.jobs().get(JOB));
        Enablement.enable(journal, job, UPGRADE, SandboxHome.SOMEBODY);
        return new Terms(job, files.policyOf(job), upgrade);
    }

    /** In bytes. */
    private static long heapAfterCollection() {
        for (int round = 0; round < 3; round++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
