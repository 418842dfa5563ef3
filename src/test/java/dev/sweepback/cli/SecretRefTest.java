package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlanJson;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.sandbox.GithubTwin;
import dev.sweepback.undo.Only;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook whose secret a step names: removed, and back with it. */
class SecretRefTest {

    private static final String SECRET = "k9-hook-secret-k9";

    private static final String JOB = """
            apiVersion: sweepback/v1
            kind: Job
            metadata: {name: dten-cleanup}
            spec:
              after: {package: full-upgrade-package-dten, environment: production, soak: 24h}
              policy: production
              steps:
                - name: the signed hook
                  connection: github
                  kind: webhook
                  select: {where: 'resource.url == "https://signed.example.com/"'}
                  action: remove
                  secretRef: file:hook.secret
            """;

    @TempDir
    Path folder;

    @Test
    void aRemovedHookComesBackSignedAndItsSecretIsOnNoDisk() throws IOException {
        try (SandboxHome home = new SandboxHome(folder)) {
            home.write("jobs/dten-cleanup.yaml", JOB);
            home.write("jobs/hook.secret", SECRET + "\n");
            GithubTwin github = home.sandbox.github();
            github.addHook("https://signed.example.com/", List.of("push"), SECRET, true);
            try (Wiring wiring = home.open();
                    Engine engine = wiring.engine(new StopSignal())) {
                Terms terms = home.terms(home.playUpgrade(wiring.journal()));
                Enablement.enable(wiring.journal(), terms.job(), SandboxHome.UPGRADE, SandboxHome.SOMEBODY);
                Cleanup cleanup = new Cleanup(wiring.journal(), engine, home.clock);

                Run run = ((RunAnswer.Ran) cleanup.run(terms, SandboxHome.SOMEBODY)).run();
                assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
                Run undo = ((RunAnswer.Ran) cleanup.undo(run, Only.ALL, SandboxHome.SOMEBODY)).run();

                assertThat(undo.state()).isEqualTo(RunState.SUCCEEDED);
                assertThat(RunJson.toJson(run).toString() + RunJson.toJson(undo))
                        .doesNotContain(SECRET);
            }

            long back = github.hookIds().get(github.hookIds().size() - 1);
            assertThat(github.secretOf(back)).contains(SECRET);
            try (Stream<Path> files = Files.walk(home.home())) {
                assertThat(files.filter(Files::isRegularFile)).isNotEmpty().noneMatch(file -> holds(file, SECRET));
            }
        }
    }

    @Test
    void aHookWhoseSecretCannotBeResolvedIsBlockedInThePlan() {
        try (SandboxHome home = new SandboxHome(folder)) {
            home.write("jobs/dten-cleanup.yaml", JOB);
            home.sandbox.github().addHook("https://signed.example.com/", List.of("push"), SECRET, true);
            try (Wiring wiring = home.open();
                    Engine engine = wiring.engine(new StopSignal())) {
                Terms terms = home.terms(home.playUpgrade(wiring.journal()));

                Plan plan = engine.planner().plan(terms.job(), terms.policy(), terms.upgrade());

                assertThat(plan.operations()).isEmpty();
                assertThat(plan.blocked())
                        .hasSize(1)
                        .first()
                        .satisfies(item -> assertThat(item.reason())
                                .contains("hook.secret")
                                .contains("no such file"));
                assertThat(PlanJson.toJson(plan).toString()).doesNotContain(SECRET);
            }
        }
    }

    private static boolean holds(Path file, String text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
