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
import dev.sweepback.run.RunJson;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A flag that is archived or disabled, deleted when its quarantine is over, and put back through both. */
class UnleashChainTest {

    private static final UpgradeId UPGRADE = new UpgradeId("chain-1");
    private static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));
    private static final String FLAG = "checkout-v2";

    @TempDir
    Path folder;

    private final StoryClock clock = new StoryClock(Duration.ofDays(40));
    private final Sandbox sandbox = Sandbox.start(clock);
    private final UnleashTwin twin = sandbox.unleash();

    @AfterEach
    void close() {
        sandbox.close();
    }

    private void seed() {
        twin.addFlag("default", "checkout", "release", "the parent", List.of());
        twin.addFlag("default", FLAG, "release", "rollout", List.of("upgrade:u1", "simple:temporary"));
        for (String environment : List.of("development", "production")) {
            ObjectNode strategy = JsonMapper.shared().createObjectNode();
            strategy.put("name", "flexibleRollout").put("title", environment);
            twin.addStrategy(FLAG, environment, strategy);
        }
        twin.setEnabled(FLAG, "production", true);
        twin.setVariants(FLAG, (ArrayNode) JsonMapper.shared().readTree("[{\"name\":\"blue\",\"weight\":1000}]"));
        twin.addLink(FLAG, "https://example.org/t/1", "ticket");
        twin.setParent(FLAG, "checkout");
    }

    /** Without what the server writes itself, and the ids that it gives. */
    private JsonNode flags() {
        ObjectNode dump = twin.dump();
        for (JsonNode flag : dump) {
            ((ObjectNode) flag).remove("bookkeeping");
            flag.path("links").forEach(link -> ((ObjectNode) link).remove("id"));
            flag.path("environments")
                    .forEach(environment ->
                            environment.path("strategies").forEach(strategy -> ((ObjectNode) strategy).remove("id")));
        }
        return dump;
    }

    private boolean isThere() {
        return twin.dump().has("flag:" + FLAG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"archive", "disable", "stale"})
    void aFlagGoesByQuarantineAndComesBackThroughBothActions(String action) throws IOException {
        seed();
        JsonNode before = flags();
        writeFiles("action: %s, quarantine: 7d, then: remove".formatted(action));

        try (Story story = new Story()) {
            Run first = story.run();
            assertThat(first.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(isThere()).isTrue();
            clock.moveOn(Duration.ofDays(8));
            Run second = story.runDue();
            assertThat(second.state())
                    .as(RunJson.toJson(second).toPrettyString())
                    .isEqualTo(RunState.SUCCEEDED);
            assertThat(isThere()).isFalse();

            Run undo = story.undo(first);

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(undo.operations()).hasSize(2);
            assertThat(flags()).isEqualTo(before);
            assertThat(story.state(first)).isEqualTo(RunState.UNDONE);
            assertThat(story.state(second)).isEqualTo(RunState.UNDONE);
        }
    }

    @Test
    void undoOfTheRemovalAlonePutsTheFlagBackIntoTheArchive() throws IOException {
        seed();
        writeFiles("action: archive, quarantine: 7d, then: remove");

        try (Story story = new Story()) {
            Run first = story.run();
            clock.moveOn(Duration.ofDays(8));
            Run second = story.runDue();

            Run undo = story.undo(second);

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(isThere()).isTrue();
            assertThat(twin.isLive(FLAG)).isFalse();
            assertThat(undo.operations())
                    .singleElement()
                    .satisfies(
                            operation -> assertThat(RunJson.differs(operation)).contains("links", "archivedAt"));

            Run rest = story.undo(first);

            assertThat(rest.state()).as(RunJson.toJson(rest).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(twin.isLive(FLAG)).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"action: remove", "action: disable, quarantine: 1m, then: remove"})
    void aWebhookIsRemovedOutOfALongEnoughQuarantineAlone(String action) throws IOException {
        writeFiles(action);
        Path job = folder.resolve("jobs/chain.yaml");
        Files.writeString(job, Files.readString(job).replace("kind: flag", "kind: webhook"));

        assertThat(Wiring.load(folder.resolve("sweepback.yaml"), outside()).problems())
                .singleElement()
                .asString()
                .contains("'remove' of kind webhook on Unleash needs that it was disabled for at least 2m before");
    }

    private Outside outside() {
        return new Outside(
                Map.of("UNLEASH_TOKEN", twin.token()),
                clock,
                clock,
                System.out,
                System.err,
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
    }

    /** An engine on the twin, with an upgrade that is over. */
    private final class Story implements AutoCloseable {

        private final Loaded files;
        private final Wiring wiring;
        private final Engine engine;
        private final Cleanup cleanup;
        private final Job job;
        private final Upgrade upgrade;

        Story() {
            Outside outside = outside();
            Path settings = folder.resolve("sweepback.yaml");
            files = Wiring.load(settings, outside);
            assertThat(files.problems()).isEmpty();
            wiring = Wiring.open(
                    settings, folder.resolve("home"), files.settings().orElseThrow(), outside);
            engine = wiring.engine(new StopSignal());
            cleanup = new Cleanup(wiring.journal(), engine, clock);
            job = Objects.requireNonNull(files.jobs().get("chain"));
            upgrade = playUpgrade(wiring.journal());
            Enablement.enable(wiring.journal(), job, UPGRADE, SOMEBODY);
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
            return ran(cleanup.undo(Run.find(wiring.journal(), run.id()).orElseThrow(), Only.ALL, SOMEBODY));
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

    private Upgrade playUpgrade(Journal journal) {
        Upgrades upgrades = new Upgrades(journal, clock);
        Instant start = clock.instant();
        Window window = new Window(start, start.plus(Duration.ofHours(2)), Duration.ofMinutes(30));
        upgrades.schedule(UPGRADE, "checkout", "1.0", "2.0", "production", window, SOMEBODY);
        clock.moveOn(Duration.ofMinutes(5));
        upgrades.move(UPGRADE, Move.START, Optional.empty(), SOMEBODY);
        clock.moveOn(Duration.ofHours(1));
        Upgrade upgrade = upgrades.move(UPGRADE, Move.COMPLETE, Optional.empty(), SOMEBODY);
        clock.moveOn(Duration.ofDays(8));
        return upgrade;
    }

    private void writeFiles(String action) throws IOException {
        write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  unleash: {type: unleash, url: "%s", project: default, token: "env:UNLEASH_TOKEN"}
                store: {url: "jdbc:sqlite:sweepback.db", key: "file:sweepback.key"}
                server: {listen: "127.0.0.1:0"}
                """.formatted(twin.url()));
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
                    - {name: rollout flags, connection: unleash, kind: flag, select: {where: 'resource.name == "%s"'}, %s}
                """.formatted(FLAG, action));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
