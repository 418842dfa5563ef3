package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The settings, and folders for jobs and policies, of a test of this package. */
record TestWorkspace(Path folder) {

    static final String SETTINGS = """
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

    static final String JOB = """
            apiVersion: sweepback/v1
            kind: Job
            metadata: {name: %s}
            spec:
              after: {package: app, environment: production}
              steps:
            """;

    static TestWorkspace in(Path folder) throws IOException {
        TestWorkspace files = new TestWorkspace(folder);
        files.write("sweepback.yaml", SETTINGS);
        Files.createDirectories(folder.resolve("jobs"));
        Files.createDirectories(folder.resolve("policies"));
        return files;
    }

    Loaded load() {
        return load(new TestCron());
    }

    Loaded load(Cron cron) {
        return Workspace.load(
                folder.resolve("sweepback.yaml"),
                described -> TestCatalog.catalog(),
                cron,
                Clock.fixed(TestCatalog.SOME_TIME, ZoneOffset.UTC));
    }

    static Job job(Loaded loaded, String name) {
        assertThat(loaded.problems()).isEqualTo(List.of());
        return Optional.ofNullable(loaded.jobs().get(name)).orElseThrow();
    }

    void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }
}
