package dev.sweepback.job;

import static dev.sweepback.job.TestWorkspace.JOB;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Rate;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job file, and a policy that it names, are read as. */
class JobFilesTest {

    @TempDir
    Path folder;

    private TestWorkspace files;

    @BeforeEach
    void lay() throws IOException {
        files = TestWorkspace.in(folder);
    }

    @Test
    void readsEveryKeyOfAJob() throws Exception {
        files.write(
                "policies/strict.yaml", "{apiVersion: sweepback/v1, kind: Policy, metadata: {name: strict}, spec: {}}");
        String text = """
                apiVersion: sweepback/v1
                kind: Job
                metadata: {name: all, labels: {team: platform}}
                spec:
                  after: {package: app, environment: production, soak: 24h}
                  start: automatic
                  schedule: {cron: "0 0 3 * * ?", timezone: Europe/Berlin, misfire: skip}
                  policy: strict
                  steps:
                    - name: leases
                      connection: vault
                      kind: lease
                      select: {prefix: database/creds/app, where: resource.renewable}
                      action: revoke
                      handover: vault:vault/secret/handover/app
                    - name: hooks
                      connection: github
                      kind: webhook
                      action: disable
                      quarantine: 7d
                      then: remove
                      secretRef: file:secrets/hook
                """;
        files.write("jobs/all.yaml", text);

        Loaded loaded = files.load();

        assertThat(loaded.problems()).isEmpty();
        Job job = TestWorkspace.job(loaded, "all");
        assertThat(job.labels()).containsExactly(Map.entry("team", "platform"));
        assertThat(job.after()).isEqualTo(new Job.After("app", "production", Duration.ofHours(24)));
        assertThat(job.start()).isEqualTo(Job.Start.AUTOMATIC);
        assertThat(job.schedule())
                .contains(new Job.Schedule("0 0 3 * * ?", ZoneId.of("Europe/Berlin"), Job.Misfire.SKIP));
        assertThat(loaded.policyOf(job).name()).isEqualTo("strict");
        Step leases = job.steps().get(0);
        assertThat(leases.scope()).isEqualTo(new Scope(Map.of("prefix", "database/creds/app")));
        assertThat(leases.where()).map(Condition::text).contains("resource.renewable");
        assertThat(leases.handover()).isEqualTo(new Handover(Optional.of("vault"), "secret/handover/app"));
        Step hooks = job.steps().get(1);
        assertThat(hooks.scope()).isEqualTo(Scope.WHOLE);
        assertThat(hooks.where()).isEmpty();
        assertThat(hooks.quarantine()).contains(new Step.Quarantine(Duration.ofDays(7), Optional.of("remove")));
        assertThat(hooks.handover()).isEqualTo(Handover.LOCAL);
        assertThat(hooks.instructions().secretRef())
                .as("relative to the folder of the file")
                .contains(new SecretRef.File(folder.resolve("jobs/secrets/hook")));
        assertThat(job.source().text()).isEqualTo(text);
        assertThat(job.source().sha256())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aShortJobStartsByHandUnderTheCarefulPolicy() throws IOException {
        files.write(
                "jobs/short.yaml",
                JOB.formatted("short") + "    - {name: a, connection: unleash, kind: flag, action: archive}\n");

        Loaded loaded = files.load();

        Job job = TestWorkspace.job(loaded, "short");
        assertThat(job.start()).isEqualTo(Job.Start.MANUAL);
        assertThat(job.after().soak()).isEqualTo(Duration.ZERO);
        assertThat(job.schedule()).isEmpty();
        assertThat(loaded.policyOf(job)).isEqualTo(Policy.careful());
    }

    @Test
    void theBuiltInPolicyCanBeNamedUntilAFileTakesItsName() throws IOException {
        files.write(
                "jobs/named.yaml",
                JOB.formatted("named").replace("  steps:", "  policy: careful\n  steps:")
                        + "    - {name: a, connection: unleash, kind: flag, action: archive}\n");

        Loaded builtIn = files.load();
        files.write(
                "policies/own.yaml",
                "{apiVersion: sweepback/v1, kind: Policy, metadata: {name: careful}, spec: {minIdle: 0s}}");
        Loaded own = files.load();

        assertThat(builtIn.problems()).isEmpty();
        assertThat(builtIn.policyOf(TestWorkspace.job(builtIn, "named"))).isEqualTo(Policy.careful());
        assertThat(own.policyOf(TestWorkspace.job(own, "named")).minIdle()).isEqualTo(Duration.ZERO);
    }

    @Test
    void onAnUnknownConnectionAKindIsHeldAgainstAll() throws IOException {
        files.write(
                "jobs/lost.yaml",
                JOB.formatted("lost") + "    - {name: a, connection: gitlab, kind: flga, action: archive}\n");

        Loaded loaded = files.load();

        assertThat(loaded.problems())
                .extracting(Problem::what)
                .containsExactly("there is no connection 'gitlab'", "'kind' is 'flga'");
        assertThat(loaded.problems().get(1).hint()).isEqualTo("did you mean 'flag'?");
    }

    @Test
    void stepsComeAfterWhatTheyNeedAndOtherwiseAsWritten() throws IOException {
        files.write("jobs/order.yaml", JOB.formatted("order") + """
                            - {name: d, needs: [c], connection: unleash, kind: flag, action: archive}
                            - {name: b, connection: unleash, kind: flag, action: archive}
                            - {name: c, needs: [b, a], connection: unleash, kind: flag, action: archive}
                            - {name: a, connection: unleash, kind: flag, action: archive}
                            - {name: e, connection: unleash, kind: flag, action: archive}
                        """);

        Loaded loaded = files.load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(TestWorkspace.job(loaded, "order").steps())
                .extracting(Step::name)
                .containsExactly("b", "a", "c", "d", "e");
    }

    @Test
    void aScheduleThatIsOverIsAWarningAndTheJobStaysUsable() throws IOException {
        files.write(
                "jobs/once.yaml",
                JOB.formatted("once").replace("  steps:", "  schedule: {cron: \"0 0 3 1 1 ? 2026\"}\n  steps:")
                        + "    - {name: a, connection: unleash, kind: flag, action: archive}\n");

        Loaded loaded = files.load();

        assertThat(TestWorkspace.job(loaded, "once").schedule()).isPresent();
        assertThat(loaded.warnings())
                .extracting(problem -> problem.line() + ": " + problem.what())
                .containsExactly(
                        "6: the cron expression '0 0 3 1 1 ? 2026' never fires again: its last time has passed");
    }

    @Test
    void aPolicyFillsUpFromTheCarefulOne() throws IOException {
        files.write("policies/p.yaml", """
                apiVersion: sweepback/v1
                kind: Policy
                metadata: {name: p}
                spec:
                  limits: {maxOperations: 200, maxDrop: 30, byKind: {lease: {maxPercent: 100, always: 0}}}
                  protect: ["flag:kill-*"]
                  reversibility: exact
                  waves: {pause: 30s}
                  rate: {perSecond: 20}
                """);

        Policy policy = Optional.ofNullable(files.load().policies().get("p")).orElseThrow();

        assertThat(policy.limits().maxOperations()).isEqualTo(200);
        assertThat(policy.limits().maxPercent()).isEqualTo(10);
        assertThat(policy.limits().of("flag")).isEqualTo(policy.limits());
        assertThat(policy.limits().of("lease")).isEqualTo(new Policy.Limits(200, 100, 1, 30, 0, Map.of()));
        assertThat(policy.weakest()).isEqualTo(Reversibility.EXACT);
        assertThat(policy.minIdle()).isEqualTo(Duration.ofDays(7));
        assertThat(policy.waves()).isEqualTo(new Policy.Waves(20, Duration.ofSeconds(30)));
        assertThat(policy.stopAfterFailures()).isEqualTo(1);
        assertThat(policy.rate()).contains(new Rate(20));
        assertThat(Policy.careful().rate()).isEmpty();
    }
}
