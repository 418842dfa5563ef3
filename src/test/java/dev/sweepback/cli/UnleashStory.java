package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Due;
import dev.sweepback.run.Engine;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.UnleashTwin;
import dev.sweepback.undo.Only;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** An engine on the twin of Unleash, with one job for an upgrade that is over. */
abstract class UnleashStory {

    private static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));

    @TempDir
    Path folder;

    final StoryClock clock = new StoryClock(Duration.ofDays(40));
    private final Sandbox sandbox = Sandbox.start(clock);
    final UnleashTwin twin = sandbox.unleash();

    @AfterEach
    void close() {
        sandbox.close();
    }

    /** What the step's secret holds. */
    String hidden = "{}";

    int concurrency = 4;

    Outside outside() {
        return new Outside(
                Map.of("UNLEASH_TOKEN", twin.token(), "HIDDEN", hidden),
                clock,
                clock,
                System.out,
                System.err,
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    final class Story implements AutoCloseable {

        private final Loaded files;
        private final Wiring wiring;
        private final Engine engine;
        private final Cleanup cleanup;
        private final Job job;
        private final Upgrade upgrade;
        private final UpgradeId id;

        Story() {
            this("chain-1");
        }

        /** @param upgrade what the upgrade is called */
        Story(String upgrade) {
            id = new UpgradeId(upgrade);
            Outside outside = outside();
            Path settings = folder.resolve("sweepback.yaml");
            files = Wiring.load(settings, outside);
            assertThat(files.problems()).isEmpty();
            wiring = Wiring.open(
                    settings, folder.resolve("home"), files.settings().orElseThrow(), outside);
            engine = wiring.engine(new StopSignal());
            cleanup = new Cleanup(wiring.journal(), engine, clock);
            job = Objects.requireNonNull(files.jobs().get("chain"));
            this.upgrade = playUpgrade(wiring.journal(), clock, id);
            Enablement.enable(wiring.journal(), job, id, SOMEBODY);
        }

        Run run() {
            return ran(cleanup.run(new Terms(job, files.policyOf(job), upgrade), SOMEBODY));
        }

        Run runDue() {
            List<Due> due = cleanup.due(files, Optional.empty());
            assertThat(due).hasSize(1);
            return ran(cleanup.run(due.get(0), SOMEBODY));
        }

        Run undo(Run run) {
            return undo(run, Only.ALL);
        }

        Run undo(Run run, Only only) {
            return ran(cleanup.undo(Run.find(wiring.journal(), run.id()).orElseThrow(), only, SOMEBODY));
        }

        /** Looks at what is not settled, as every process does when it begins. */
        int left() {
            return cleanup.settle(SOMEBODY).left();
        }

        Journal journal() {
            return wiring.journal();
        }

        RunState state(Run run) {
            return Run.find(wiring.journal(), run.id()).orElseThrow().state();
        }

        private static Run ran(RunAnswer answer) {
            assertThat(answer).isInstanceOf(RunAnswer.Ran.class);
            return ((RunAnswer.Ran) answer).run();
        }

        @Override
        public void close() {
            engine.close();
            wiring.close();
        }
    }

    /** From its schedule to a week after its end, when its job may run. */
    static Upgrade playUpgrade(Journal journal, StoryClock clock, UpgradeId id) {
        Upgrades upgrades = new Upgrades(journal, clock);
        Instant start = clock.instant();
        Window window = new Window(start, start.plus(Duration.ofHours(2)), Duration.ofMinutes(30));
        upgrades.schedule(id, "checkout", "1.0", "2.0", "production", window, SOMEBODY);
        clock.moveOn(Duration.ofMinutes(5));
        upgrades.move(id, Move.START, Optional.empty(), SOMEBODY);
        clock.moveOn(Duration.ofHours(1));
        Upgrade upgrade = upgrades.move(id, Move.COMPLETE, Optional.empty(), SOMEBODY);
        clock.moveOn(Duration.ofDays(8));
        return upgrade;
    }

    void writeFiles(String step) throws IOException {
        write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  unleash: {type: unleash, url: "%s", project: default, token: "env:UNLEASH_TOKEN", concurrency: %d}
                store: {url: "jdbc:sqlite:sweepback.db", key: "file:sweepback.key"}
                server: {listen: "127.0.0.1:0"}
                """.formatted(twin.url(), concurrency));
        write("policies/production.yaml", """
                apiVersion: sweepback/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  limits: {maxOperations: 50, maxPercent: 100, minPopulation: 1}
                  reversibility: lossy
                  minIdle: 1d
                  waves: {size: 20, pause: 0s}
                """);
        write("jobs/chain.yaml", """
                apiVersion: sweepback/v1
                kind: Job
                metadata: {name: chain}
                spec:
                  after: {package: checkout, environment: production, soak: 24h}
                  policy: production
                  steps:
                    - {name: chain, connection: unleash, %s}
                """.formatted(step));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
