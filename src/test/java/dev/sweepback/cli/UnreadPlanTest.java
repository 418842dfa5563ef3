package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.GithubTwin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a plan cannot read for the moment is no decision: nothing is done, and the job is not done either. */
class UnreadPlanTest {

    private static final String JOB = """
            apiVersion: sweepback/v1
            kind: Job
            metadata: {name: dten-cleanup}
            spec:
              after: {package: full-upgrade-package-dten, environment: production, soak: 24h}
              policy: production
              steps:
                - {name: one, connection: github, kind: webhook, select: {where: 'resource.url.endsWith("example.net/1")'}, action: disable}
                - name: two
                  connection: github
                  kind: webhook
                  select: {where: 'resource.url.endsWith("example.net/2")'}
                  action: remove
                  secretRef: "vault:vault/secret/hooks#secret"
            """;

    @TempDir
    private Path folder;

    @Test
    void aLimitWhileUseIsAskedIsNotAReasonToKeepForGood() {
        try (SandboxHome home = new SandboxHome(folder)) {
            home.sandbox
                    .github()
                    .faults()
                    .next(Faults.request("GET", ".*/deliveries"))
                    .slowDown(429, Duration.ofMinutes(50), "{}");

            doesNothingAtFirstAndAllLater(home);
        }
    }

    @Test
    void aLimitWhileTheSecretOfALaterStepIsReadDoesNotLeaveItsStepOut() {
        try (SandboxHome home = new SandboxHome(folder)) {
            home.sandbox
                    .vault()
                    .faults()
                    .next(Faults.request("GET", "/v1/secret/.*"))
                    .slowDown(429, Duration.ofMinutes(50), "{\"errors\":[]}");

            doesNothingAtFirstAndAllLater(home);
        }
    }

    private static void doesNothingAtFirstAndAllLater(SandboxHome home) {
        home.write("jobs/dten-cleanup.yaml", JOB);
        GithubTwin github = home.sandbox.github();
        long first = github.addHook("https://old.example.net/1", List.of("push"), null, true);
        long second = github.addHook("https://old.example.net/2", List.of("push"), "k9", true);
        ObjectNode secret = JsonMapper.shared().createObjectNode().put("secret", "k9");
        home.sandbox.vault().writeSecret("hooks", secret);
        Terms terms;
        try (Wiring wiring = home.open()) {
            terms = home.terms(home.playUpgrade(wiring.journal()));
            Enablement.enable(wiring.journal(), terms.job(), SandboxHome.UPGRADE, SandboxHome.SOMEBODY);

            ConnectorException limit = catchThrowableOfType(ConnectorException.class, () -> run(home, wiring, terms));

            assertThat(limit.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(github.hookIds()).contains(first, second);
            assertThat(wiring.gate(terms, Purpose.CLEANUP).isOpen()).isTrue();
        }
        // another process, which does not know of the limit
        try (Wiring wiring = home.open()) {
            Run run = run(home, wiring, terms);

            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.operations()).hasSize(2);
            assertThat(github.hookIds()).contains(first).doesNotContain(second);
        }
    }

    private static Run run(SandboxHome home, Wiring wiring, Terms terms) {
        try (Engine engine = wiring.engine(new StopSignal())) {
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, home.clock);
            return ((RunAnswer.Ran) cleanup.run(terms, SandboxHome.SOMEBODY)).run();
        }
    }
}
