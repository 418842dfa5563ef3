package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.CaFile;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Rate;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceTest {

    private static final String SETTINGS = """
            apiVersion: sweepback/v1
            kind: Settings
            environment: production
            connections:
              unleash: {type: unleash, url: "https://unleash.example.com", project: default, token: "env:UNLEASH_TOKEN"}
              vault: {type: vault, url: "http://[::1]:8200", auth: {token: "file:secrets/vault"}, concurrency: 2}
              github:
                type: github
                environment: production
                url: "https://api.github.com"
                repository: acme/dten
                token: "vault:vault/kv/github#token"
                timeouts: {connect: 1s, whole: 10s}
            """;

    private static final String JOB = """
            apiVersion: sweepback/v1
            kind: Job
            metadata: {name: %s}
            spec:
              after: {package: app, environment: production}
              steps:
            """;

    @TempDir
    Path folder;

    @BeforeEach
    void settings() throws IOException {
        write("sweepback.yaml", SETTINGS);
        Files.createDirectories(folder.resolve("jobs"));
        Files.createDirectories(folder.resolve("policies"));
    }

    @Test
    void readsEveryKeyOfAJob() throws Exception {
        write("policies/strict.yaml", "{apiVersion: sweepback/v1, kind: Policy, metadata: {name: strict}, spec: {}}");
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
        write("jobs/all.yaml", text);

        Loaded loaded = load();

        assertThat(loaded.problems()).isEmpty();
        Job job = job(loaded, "all");
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
        write(
                "jobs/short.yaml",
                JOB.formatted("short") + "    - {name: a, connection: unleash, kind: flag, action: archive}\n");

        Loaded loaded = load();

        Job job = job(loaded, "short");
        assertThat(job.start()).isEqualTo(Job.Start.MANUAL);
        assertThat(job.after().soak()).isEqualTo(Duration.ZERO);
        assertThat(job.schedule()).isEmpty();
        assertThat(loaded.policyOf(job)).isEqualTo(Policy.careful());
    }

    @Test
    void theBuiltInPolicyCanBeNamedUntilAFileTakesItsName() throws IOException {
        write(
                "jobs/named.yaml",
                JOB.formatted("named").replace("  steps:", "  policy: careful\n  steps:")
                        + "    - {name: a, connection: unleash, kind: flag, action: archive}\n");

        Loaded builtIn = load();
        write(
                "policies/own.yaml",
                "{apiVersion: sweepback/v1, kind: Policy, metadata: {name: careful}, spec: {minIdle: 0s}}");
        Loaded own = load();

        assertThat(builtIn.problems()).isEmpty();
        assertThat(builtIn.policyOf(job(builtIn, "named"))).isEqualTo(Policy.careful());
        assertThat(own.policyOf(job(own, "named")).minIdle()).isEqualTo(Duration.ZERO);
    }

    @Test
    void onAnUnknownConnectionAKindIsHeldAgainstAll() throws IOException {
        write(
                "jobs/lost.yaml",
                JOB.formatted("lost") + "    - {name: a, connection: gitlab, kind: flga, action: archive}\n");

        Loaded loaded = load();

        assertThat(loaded.problems())
                .extracting(Problem::what)
                .containsExactly("there is no connection 'gitlab'", "'kind' is 'flga'");
        assertThat(loaded.problems().get(1).hint()).isEqualTo("did you mean 'flag'?");
    }

    @Test
    void stepsComeAfterWhatTheyNeedAndOtherwiseAsWritten() throws IOException {
        write("jobs/order.yaml", JOB.formatted("order") + """
                            - {name: d, needs: [c], connection: unleash, kind: flag, action: archive}
                            - {name: b, connection: unleash, kind: flag, action: archive}
                            - {name: c, needs: [b, a], connection: unleash, kind: flag, action: archive}
                            - {name: a, connection: unleash, kind: flag, action: archive}
                            - {name: e, connection: unleash, kind: flag, action: archive}
                        """);

        Loaded loaded = load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(job(loaded, "order").steps()).extracting(Step::name).containsExactly("b", "a", "c", "d", "e");
    }

    @Test
    void readsConnectionsWithTheirReferences() {
        Settings settings = load().settings().orElseThrow();

        assertThat(settings.connections()).containsOnlyKeys("unleash", "vault", "github");
        Connection vault = settings.connection("vault").orElseThrow();
        assertThat(vault.url()).isEqualTo(URI.create("http://[::1]:8200"));
        assertThat(vault.concurrency()).isEqualTo(2);
        assertThat(vault.timeouts()).isEqualTo(Connection.Timeouts.DEFAULT);
        assertThat(vault.secret("auth.token")).contains(new SecretRef.File(folder.resolve("secrets/vault")));
        Connection github = settings.connection("github").orElseThrow();
        assertThat(github.environment()).isEqualTo("production");
        assertThat(github.options()).containsExactly(Map.entry("repository", "acme/dten"));
        assertThat(github.secret("token")).contains(new SecretRef.Vault("vault", "kv/github", "token"));
        assertThat(github.concurrency()).isEqualTo(4);
        assertThat(github.timeouts())
                .isEqualTo(
                        new Connection.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(10), Duration.ofSeconds(10)));
    }

    @Test
    void readsHowAConnectionIsReached() throws IOException {
        Files.createDirectories(folder.resolve("tls"));
        Files.copy(Path.of("src/test/resources/tls/ca.pem"), folder.resolve("tls/ca.pem"));
        way("""
                rate: {perSecond: 20}
                caFile: tls/ca.pem
                proxy: {url: "http://proxy.example.com:3128", user: sweepback, password: "file:secrets/proxy"}
                """);

        Connection unleash =
                load().settings().orElseThrow().connection("unleash").orElseThrow();

        assertThat(load().warnings()).isEmpty();
        assertThat(unleash.rate()).contains(new Rate(20));
        assertThat(unleash.caFile()).contains(new CaFile(folder.resolve("tls/ca.pem")));
        assertThat(unleash.proxy())
                .contains(new Connection.Proxy(URI.create("http://proxy.example.com:3128"), Optional.of("sweepback")));
        assertThat(unleash.secret("proxy.password")).contains(new SecretRef.File(folder.resolve("secrets/proxy")));
        assertThat(unleash.option("proxy.user")).isEmpty();
    }

    @Test
    void howAConnectionIsReachedMakesNoPlanStale() throws IOException {
        String before = load().settings()
                .orElseThrow()
                .connection("unleash")
                .orElseThrow()
                .scope();
        way("""
                rate: {perSecond: 20}
                concurrency: 9
                timeouts: {whole: 1m}
                caFile: ca.pem
                proxy: {url: "http://proxy.example.com:3128", user: sweepback, password: "env:PROXY"}
                """);

        Connection after = load().settings().orElseThrow().connection("unleash").orElseThrow();

        assertThat(after.scope()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "missing.pem||the file is missing",
                "empty.pem|' '|the file is empty",
                "key.pem|-----BEGIN PRIVATE KEY-----|no certificate is in the file",
                "damaged.pem|-----BEGIN CERTIFICATE-----x-----END CERTIFICATE-----|a certificate in the file is damaged",
                "tls||it is no file"
            })
    void aCaFileThatCannotBeUsedIsAWarningAndHoldsUpNoOtherConnection(String name, @Nullable String text, String what)
            throws IOException {
        Files.createDirectories(folder.resolve("tls"));
        if (text != null) {
            write(name, text);
        }
        way("caFile: " + name + "\n");

        Loaded loaded = load();

        assertThat(loaded.problems()).isEmpty();
        assertThat(loaded.settings()).isPresent();
        assertThat(loaded.warnings())
                .singleElement()
                .asString()
                .contains("sweepback.yaml:6:13: 'caFile' cannot be used: " + what)
                .doesNotContain("PRIVATE");
    }

    @Test
    void aCaFileOfTwoMegabytesIsNotReadToItsEnd() throws IOException {
        write("large.pem", "x".repeat(2 << 20));
        way("caFile: large.pem\n");

        assertThat(load().warnings()).singleElement().asString().contains("the file is larger than 1 MiB");
    }

    /** Adds keys to the connection {@code unleash}. */
    private void way(String keys) throws IOException {
        String unleash = "  unleash: {type: unleash, url: \"https://unleash.example.com\", project: default,"
                + " token: \"env:UNLEASH_TOKEN\"}\n";
        write(
                "sweepback.yaml",
                SETTINGS.replace(
                        unleash,
                        "  unleash:\n" + keys.indent(4)
                                + "    type: unleash\n    url: \"https://unleash.example.com\"\n    project: default\n"
                                + "    token: \"env:UNLEASH_TOKEN\"\n"));
    }

    @Test
    void aTokenFileStartsAtTheFolderOfTheSettings() throws IOException {
        write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  vault: {type: vault, url: "https://vault.example.com", auth: {tokenFile: run/token}}
                """);

        Settings settings = load().settings().orElseThrow();

        assertThat(settings.connection("vault").orElseThrow().option("auth.tokenFile"))
                .contains(folder.resolve("run/token").toString());
    }

    @Test
    void settingsHaveDefaults() {
        Settings settings = load().settings().orElseThrow();

        assertThat(settings.store())
                .isEqualTo(
                        new Settings.Store("jdbc:sqlite:sweepback.db", new SecretRef.File(Path.of("sweepback.key"))));
        assertThat(settings.server()).isEqualTo(new Settings.Server("127.0.0.1", 8443));
        assertThat(settings.clockSkew()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void aPolicyFillsUpFromTheCarefulOne() throws IOException {
        write("policies/p.yaml", """
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

        Policy policy = Optional.ofNullable(load().policies().get("p")).orElseThrow();

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

    @Test
    void filesThatAreNoYamlFilesAreLeftAlone() throws IOException {
        write("jobs/README.md", "# Jobs");

        assertThat(load().problems()).isEmpty();
    }

    @Test
    void aScheduleThatIsOverIsAWarningAndTheJobStaysUsable() throws IOException {
        write(
                "jobs/once.yaml",
                JOB.formatted("once").replace("  steps:", "  schedule: {cron: \"0 0 3 1 1 ? 2026\"}\n  steps:")
                        + "    - {name: a, connection: unleash, kind: flag, action: archive}\n");

        Loaded loaded = load();

        assertThat(job(loaded, "once").schedule()).isPresent();
        assertThat(loaded.warnings())
                .extracting(problem -> problem.line() + ": " + problem.what())
                .containsExactly(
                        "6: the cron expression '0 0 3 1 1 ? 2026' never fires again: its last time has passed");
    }

    @Test
    void anUnexpectedErrorIsAProblemOfItsFileAndHidesNoOther() throws IOException {
        String steps = "    - {name: a, connection: unleash, kind: flag, action: archive}\n";
        write(
                "jobs/bad.yaml",
                JOB.formatted("bad").replace("  steps:", "  schedule: {cron: \"* * * * * ?\"}\n  steps:") + steps);
        write("jobs/good.yaml", JOB.formatted("good") + steps);

        Loaded loaded = load((expression, zone, after) -> {
            throw new IllegalStateException("secret");
        });

        assertThat(loaded.jobs()).containsOnlyKeys("good");
        assertThat(loaded.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.path()).isEqualTo(folder.resolve("jobs/bad.yaml")))
                .extracting(Problem::toString)
                .asString()
                .contains("an unexpected IllegalStateException", "please report")
                .doesNotContain("secret");
    }

    @Test
    void theNamesOfBrokenJobsAreTold() throws IOException {
        write("jobs/a.yaml", JOB.formatted("wrong-key") + "    []\n  stepps: 1\n");
        write("jobs/b.yaml", JOB.formatted("no-yaml") + "    - [\n");
        write(
                "jobs/d.yaml",
                JOB.formatted("wrong-step") + "    - {name: a, connection: nowhere, kind: flag, action: archive}\n");

        assertThat(load().brokenJobs()).containsExactlyInAnyOrder("wrong-key", "no-yaml", "wrong-step");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void whatIsNoRegularFileIsRefusedWithoutOpeningIt() throws Exception {
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("jobs/pipe.yaml").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.createDirectory(folder.resolve("jobs/folder.yaml"));

        assertThat(load().problems())
                .extracting(problem -> problem.path().getFileName() + ": " + problem.what())
                .containsExactly("folder.yaml: no regular file", "pipe.yaml: no regular file");
    }

    @Test
    void aFileInThePlaceOfAFolderIsSaid() throws IOException {
        Files.delete(folder.resolve("jobs"));
        write("jobs", "apiVersion: sweepback/v1");

        assertThat(load().problems())
                .extracting(Problem::toString)
                .containsExactly(
                        folder.resolve("jobs") + ":1:1: no folder; expected a folder of YAML files; rename the file");
    }

    @Test
    void jobsAreCheckedAsFarAsPossibleWithoutSettings() throws IOException {
        write("sweepback.yaml", "kind: nothing");
        write(
                "jobs/a.yaml",
                JOB.formatted("a") + "    - {name: a, connection: unleash, kind: flag, action: archive, needs: [b]}\n");

        Loaded loaded = load();

        assertThat(loaded.settings()).isEmpty();
        assertThat(loaded.jobs()).isEmpty();
        assertThat(loaded.problems()).extracting(Problem::what).contains("there is no step 'b'");
    }

    @Test
    void aReferenceWithAControlCharacterIsRefused() throws IOException {
        write("sweepback.yaml", SETTINGS.replace("file:secrets/vault", "file:a\\0b"));

        assertThat(load().problems())
                .extracting(Problem::what)
                .containsExactly("'token' of 'vault': a secret must not stand in the file");
    }

    @Test
    void twoVaultsThatHoldEachOthersTokenAreRefusedOnce() throws IOException {
        write("sweepback.yaml", """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  one: {type: vault, url: "https://one.example.com", auth: {token: "vault:two/kv/one#token"}}
                  two: {type: vault, url: "https://two.example.com", auth: {token: "vault:one/kv/two#token"}}
                """);

        assertThat(load().problems())
                .extracting(Problem::what)
                .containsExactly("the secrets of 'one' need themselves: one -> two -> one");
    }

    @Test
    void aCommentedFileWithAByteOrderMarkIsRead() throws IOException {
        write("sweepback.yaml", "\uFEFF" + SETTINGS);

        assertThat(load().problems()).isEmpty();
    }

    private Loaded load() {
        return load(new TestCron());
    }

    private Loaded load(Cron cron) {
        return Workspace.load(
                folder.resolve("sweepback.yaml"),
                described -> TestCatalog.catalog(),
                cron,
                Clock.fixed(TestCatalog.SOME_TIME, ZoneOffset.UTC));
    }

    private static Job job(Loaded loaded, String name) {
        assertThat(loaded.problems()).isEqualTo(List.of());
        return Optional.ofNullable(loaded.jobs().get(name)).orElseThrow();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
