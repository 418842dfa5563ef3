package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.sandbox.GitlabTwin;
import dev.sweepback.sandbox.LaunchDarklyTwin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A cleanup with the experimental connectors and back, by commands. */
class ExperimentalStoryTest {

    @TempDir
    Path folder;

    private final StoryClock clock = new StoryClock(Duration.ofDays(9));
    private final LaunchDarklyTwin launchDarkly = LaunchDarklyTwin.start(clock);
    private final GitlabTwin gitlab = GitlabTwin.start(clock);

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(folder.resolve("jobs"));
        Files.writeString(folder.resolve("sweepback.yaml"), """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  launchdarkly: {type: launchdarkly, url: "%s", project: checkout, token: "env:LAUNCHDARKLY_TOKEN"}
                  gitlab: {type: gitlab, url: "%s", project: acme/dten, token: "env:GITLAB_TOKEN"}
                """.formatted(launchDarkly.url(), gitlab.url()));
        Files.writeString(folder.resolve("jobs/leftovers.yaml"), """
                apiVersion: sweepback/v1
                kind: Job
                metadata: {name: leftovers}
                spec:
                  after: {package: dten, environment: production}
                  start: automatic
                  steps:
                    - name: flags
                      connection: launchdarkly
                      kind: flag
                      select: {where: 'resource.temporary && "upgrade-dten" in resource.tags'}
                      action: archive
                    - name: hooks
                      connection: gitlab
                      kind: webhook
                      select: {where: 'resource.url.contains("/v2/")'}
                      action: disable
                """);
        launchDarkly.addFlag("checkout-v2", List.of("upgrade-dten"));
        launchDarkly.addFlag("dark-mode", List.of());
        gitlab.addProjectHook("https://dten.example.com/v2/k9-credential", List.of("push_events"), "its-token");
        gitlab.addProjectHook("https://dten.example.com/v3/hook", List.of("push_events"), null);
        upgraded();
    }

    @AfterEach
    void close() {
        launchDarkly.close();
        gitlab.close();
    }

    @Test
    void thePlanSaysExperimentalAndWhatMayBeLostAndUndoPutsAllBack() {
        JsonNode flags = behaviour(launchDarkly.dump());
        JsonNode hooks = behaviour(gitlab.dump());

        JsonNode operations = data("plan", "leftovers").path("operations");

        assertThat(operations)
                .hasSize(2)
                .allSatisfy(operation ->
                        assertThat(operation.path("reason").asString()).endsWith("; experimental connector"));
        assertThat(operations.get(0).path("reversibility").asString()).isEqualTo("exact");
        assertThat(operations.get(1).path("reversibility").asString()).isEqualTo("lossy");
        assertThat(operations.get(1).path("lost").toString()).isEqualTo("[\"token\"]");
        assertThat(operations.toString()).doesNotContain("k9-credential");

        JsonNode run = data("run", "leftovers", "--yes");
        assertThat(launchDarkly.isArchived("checkout-v2")).isTrue();
        assertThat(launchDarkly.isArchived("dark-mode")).isFalse();
        assertThat(behaviour(gitlab.dump())).isNotEqualTo(hooks);

        data("undo", run.path("runId").asString(), "--yes");
        assertThat(behaviour(launchDarkly.dump())).isEqualTo(flags);
        assertThat(behaviour(gitlab.dump())).isEqualTo(hooks);
    }

    private static JsonNode behaviour(ObjectNode dump) {
        dump.forEach(entry -> ((ObjectNode) entry).remove("bookkeeping"));
        return dump;
    }

    private void upgraded() {
        Instant start = clock.instant();
        data(
                "upgrade",
                "schedule",
                "dten",
                "--from",
                "1",
                "--to",
                "2",
                "--environment",
                "production",
                "--window",
                start + "/" + start.plus(Duration.ofHours(1)),
                "--id",
                "dten-2");
        data("upgrade", "start", "dten-2");
        clock.moveOn(Duration.ofMinutes(30));
        data("upgrade", "complete", "dten-2");
        clock.moveOn(Duration.ofDays(2));
    }

    /** What it answers as JSON; the command must succeed. */
    private JsonNode data(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(
                "-o", "json", "--config", folder.resolve("sweepback.yaml").toString()));
        all.addAll(List.of("--home", folder.resolve("home").toString()));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Outside outside = new Outside(
                Map.of("LAUNCHDARKLY_TOKEN", launchDarkly.token(), "GITLAB_TOKEN", gitlab.token()),
                clock,
                clock,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                UnaryOperator.identity(),
                UnaryOperator.identity());
        int exit = Cli.run(all.toArray(String[]::new), outside);
        Terminal.Answer answer =
                new Terminal.Answer(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        assertThat(exit).as("%s ended with %s", all, answer).isZero();
        return answer.json();
    }
}
