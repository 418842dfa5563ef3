package dev.sweepback.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.journal.ForkedJava;
import dev.sweepback.sandbox.GithubLimit;
import dev.sweepback.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many things, removed and taken back by a process with a small heap; how many can be told by {@code -Dscale.leases} and the like. */
class ScaleTest {

    private static final int LEASES = Integer.getInteger("scale.leases", 5_000);
    private static final int FLAGS = Integer.getInteger("scale.flags", 2_000);
    private static final int HOOKS = Integer.getInteger("scale.hooks", 2_000);
    private static final int CONCURRENCY = 8;
    private static final long MEBIBYTE = 1024 * 1024;

    private static final String SETTINGS = """
            apiVersion: sweepback/v1
            kind: Settings
            environment: production
            connections:
              unleash: {type: unleash, url: "%s", project: default, token: "env:UNLEASH_TOKEN", concurrency: %d}
              github: {type: github, url: "%s", repository: acme/dten, token: "env:GITHUB_TOKEN", concurrency: %d}
              vault: {type: vault, url: "%s", auth: {token: "env:VAULT_TOKEN"}, reissueRole: sweepback-undo, concurrency: %d}
            """;

    private static final String POLICY = """
            apiVersion: sweepback/v1
            kind: Policy
            metadata: {name: large}
            spec:
              limits: {maxOperations: 10000, maxPercent: 100, minPopulation: 1, maxDrop: 100}
              reversibility: reissue
              minIdle: 0s
              waves: {size: 200, pause: 0s}
            """;

    private static final String JOB = """
            apiVersion: sweepback/v1
            kind: Job
            metadata: {name: large-cleanup}
            spec:
              after: {package: large, environment: production}
              policy: large
              steps:
                - {name: flags, connection: unleash, kind: flag, action: archive}
                - {name: hooks, connection: github, kind: webhook, action: remove}
                - name: leases
                  connection: vault
                  kind: lease
                  select: {prefix: database/creds/migrator}
                  action: revoke
                  handover: vault:vault/secret/handover/large
            """;

    @TempDir
    Path folder;

    @Test
    void manyThingsNeedFewThreadsAndLittleMemory() throws Exception {
        try (Sandbox sandbox = Sandbox.start(Clock.systemUTC())) {
            seed(sandbox);
            write(
                    "sweepback.yaml",
                    SETTINGS.formatted(
                            sandbox.unleash().url(),
                            CONCURRENCY,
                            sandbox.github().url(),
                            CONCURRENCY,
                            sandbox.vault().url(),
                            CONCURRENCY));
            write("policies/large.yaml", POLICY);
            write("jobs/large-cleanup.yaml", JOB);

            ScaleMain.Measured measured = measured(sandbox);
            System.out.println(measured);

            assertThat(measured.run()).isEqualTo("succeeded");
            assertThat(measured.undo()).isEqualTo("succeeded");
            assertThat(measured.threadsAtMost()).isLessThanOrEqualTo(measured.threadsAtStart() + CONCURRENCY + 8);
            assertThat(measured.heapAtEnd()).isLessThanOrEqualTo(measured.heapAtStart() + 20 * MEBIBYTE);
        }
    }

    private static void seed(Sandbox sandbox) {
        for (int index = 0; index < FLAGS; index++) {
            String flag = "rollout-%04d".formatted(index);
            sandbox.unleash().addFlag("default", flag, "release", "one of many", List.of());
            sandbox.unleash().setEnabled(flag, "production", true);
        }
        // as on a server of one's own: those of GitHub itself allow 5,000 requests in an hour
        sandbox.github().limit(new GithubLimit.Primary(429, 1_000_000));
        for (int index = 0; index < HOOKS; index++) {
            sandbox.github().addHook("https://old.example.com/" + index, List.of("push"), null, true);
        }
        sandbox.vault().databaseRole("migrator", Duration.ofHours(24), Duration.ofHours(48));
        sandbox.vault().tokenRole("sweepback-undo", List.of("default"), true);
        for (int index = 0; index < LEASES; index++) {
            sandbox.vault().issueLease("migrator");
        }
    }

    private ScaleMain.Measured measured(Sandbox sandbox) throws IOException {
        try (ForkedJava child = new ForkedJava(
                List.of("-Xmx256m"),
                ScaleMain.class,
                folder.toString(),
                Duration.ofDays(1).toString(),
                sandbox.unleash().token(),
                sandbox.github().token(),
                sandbox.vault().token())) {
            return ScaleMain.Measured.parse(child.line());
        }
    }

    private void write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
