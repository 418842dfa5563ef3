package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.unleash.RealFlags;
import dev.sweepback.adapter.unleash.RealUnleash;
import dev.sweepback.adapter.unleash.RealUnleashServer;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.undo.Only;
import dev.sweepback.upgrade.Upgrade;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/** From plan to undo with nothing but a real Unleash. */
@Tag("real")
@ExtendWith(RealUnleashServer.class)
class RealUnleashEndToEndTest {

    private static final UpgradeId UPGRADE = new UpgradeId("real-1");
    private static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));

    @TempDir
    Path folder;

    private final RealUnleash unleash;
    private final RealFlags flags;
    private final StoryClock clock = new StoryClock(Duration.ofDays(9));

    RealUnleashEndToEndTest(RealUnleash unleash) {
        this.unleash = unleash;
        this.flags = new RealFlags(unleash);
    }

    @Test
    void aCleanupOfRealFlagsIsTakenBackAsAWhole() throws IOException {
        String parent = flags.add("parent");
        String rich = flags.addRich("rich", parent);
        String keptByCondition = flags.add("untagged");
        String keptByPolicy = flags.add("kill-switch");
        for (String flag : List.of(parent, rich, keptByPolicy)) {
            flags.tag(flag, "simple", UPGRADE + "/" + flags.prefix());
        }
        ObjectNode before = flags.dump();
        writeFiles();
        Outside outside = new Outside(
                Map.of("UNLEASH_TOKEN", unleash.token()),
                clock,
                clock,
                System.out,
                System.err,
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        Loaded files = Wiring.load(folder.resolve("sweepback.yaml"), outside);
        assertThat(files.problems()).isEmpty();

        try (Wiring wiring = Wiring.open(
                        folder.resolve("sweepback.yaml"),
                        folder.resolve("home"),
                        files.settings().orElseThrow(),
                        outside);
                Engine engine = wiring.engine(new StopSignal())) {
            Upgrade upgrade = UnleashStory.playUpgrade(wiring.journal(), clock, UPGRADE);
            Job job = Objects.requireNonNull(files.jobs().get("real-cleanup"));
            Enablement.enable(wiring.journal(), job, UPGRADE, SOMEBODY);
            // The real Unleash tells the real time.
            clock.catchUp();
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, clock);

            RunAnswer answer = cleanup.run(new Terms(job, files.policyOf(job), upgrade), SOMEBODY);

            assertThat(answer).isInstanceOf(RunAnswer.Ran.class);
            Run run = ((RunAnswer.Ran) answer).run();
            assertThat(run.state()).as(RunJson.toJson(run).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(flags.listed())
                    .extracting(feature -> feature.path("name").asString())
                    .containsExactlyInAnyOrder(keptByCondition, keptByPolicy);

            Run undo = ((RunAnswer.Ran) cleanup.undo(run, Only.ALL, SOMEBODY)).run();

            assertThat(undo.state()).as(RunJson.toJson(undo).toPrettyString()).isEqualTo(RunState.SUCCEEDED);
            assertThat(flags.dump()).isEqualTo(before);
            assertThat(wiring.journal().verify().problem()).isEmpty();
            assertThat(Run.find(wiring.journal(), run.id()).orElseThrow().state())
                    .isEqualTo(RunState.UNDONE);
        }
    }

    private void writeFiles() throws IOException {
        write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  unleash: {type: unleash, url: "%s", project: default, token: "env:UNLEASH_TOKEN"}
                store: {url: "jdbc:sqlite:sweepback.db", key: "file:sweepback.key"}
                server: {listen: "127.0.0.1:0"}
                """.formatted(unleash.url()));
        write("policies/production.yaml", """
                apiVersion: sweepback/v1
                kind: Policy
                metadata: {name: production}
                spec:
                  limits: {maxOperations: 50, maxPercent: 100, minPopulation: 1}
                  protect: ["flag:*kill-switch*"]
                  reversibility: exact
                  minIdle: 7d
                  waves: {size: 20, pause: 0s}
                """);
        write("jobs/real-cleanup.yaml", """
                apiVersion: sweepback/v1
                kind: Job
                metadata: {name: real-cleanup}
                spec:
                  after: {package: checkout, environment: production, soak: 24h}
                  policy: production
                  steps:
                    - name: rollout flags
                      connection: unleash
                      kind: flag
                      select: {where: 'resource.tags.exists(t, t == "simple:" + upgrade.id + "/%s")'}
                      action: archive
                """.formatted(flags.prefix()));
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }
}
