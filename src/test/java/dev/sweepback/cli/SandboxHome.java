package dev.sweepback.cli;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Terms;
import dev.sweepback.sandbox.DtenScenario;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import dev.sweepback.upgrade.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A home with settings, policy and job for the seeded sandbox, on a story clock. */
final class SandboxHome implements AutoCloseable {

    static final UpgradeId UPGRADE = new UpgradeId(DtenScenario.UPGRADE);
    static final Note SOMEBODY = Note.of(new Actor("local:0/tester", false));

    final StoryClock clock = new StoryClock(Duration.ofDays(9));
    final Sandbox sandbox = Sandbox.start(clock);
    final DtenScenario scenario = new DtenScenario(sandbox);
    final Path folder;

    SandboxHome(Path folder) {
        this.folder = folder;
        write("sweepback.yaml", settings(1));
        write("policies/production.yaml", POLICY);
        write("jobs/dten-cleanup.yaml", JOB);
    }

    String settings(int concurrency) {
        return """
                apiVersion: sweepback/v1
                kind: Settings
                environment: production
                connections:
                  unleash: {type: unleash, url: "%s", project: default, token: "env:UNLEASH_TOKEN", concurrency: %d}
                  github: {type: github, url: "%s", repository: acme/dten, token: "env:GITHUB_TOKEN", concurrency: %d}
                  vault: {type: vault, url: "%s", auth: {token: "env:VAULT_TOKEN"}, reissueRole: sweepback-undo, concurrency: %d}
                store: {url: "jdbc:sqlite:sweepback.db", key: "file:sweepback.key"}
                server: {listen: "127.0.0.1:0"}
                """.formatted(
                        sandbox.unleash().url(),
                        concurrency,
                        sandbox.github().url(),
                        concurrency,
                        sandbox.vault().url(),
                        concurrency);
    }

    static final String POLICY = """
            apiVersion: sweepback/v1
            kind: Policy
            metadata: {name: production}
            spec:
              limits: {maxOperations: 50, maxPercent: 30, minPopulation: 1, byKind: {lease: {maxPercent: 100}}}
              protect: ["flag:kill-switch-*", "webhook:*audit*"]
              reversibility: reissue
              minIdle: 7d
              waves: {size: 20, pause: 0s}
              stopAfterFailures: 3
            """;

    static final String JOB = """
            apiVersion: sweepback/v1
            kind: Job
            metadata: {name: dten-cleanup}
            spec:
              after: {package: full-upgrade-package-dten, environment: production, soak: 24h}
              policy: production
              steps:
                - name: rollout flags
                  connection: unleash
                  kind: flag
                  select: {where: 'resource.type == "release" && resource.tags.exists(t, t == "upgrade:" + upgrade.id)'}
                  action: archive
                  quarantine: 7d
                - name: hooks of the old version
                  needs: [rollout flags]
                  connection: github
                  kind: webhook
                  select: {where: 'resource.url.startsWith("https://dten.example.com/v2/")'}
                  action: disable
                  quarantine: 7d
                  then: remove
                - name: migration leases
                  connection: vault
                  kind: lease
                  select:
                    prefix: database/creds/dten-migrator
                    where: 'resource.issuedAt >= upgrade.startedAt && resource.issuedAt <= upgrade.completedAt'
                  action: revoke
                  handover: vault:vault/secret/handover/dten
                - name: migration tokens
                  connection: vault
                  kind: token
                  select: {where: '"upgrade" in resource.meta && resource.meta["upgrade"] == upgrade.id'}
                  action: revoke
                  handover: vault:vault/secret/handover/dten
            """;

    void write(String name, String text) {
        try {
            Path file = folder.resolve(name);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path config() {
        return folder.resolve("sweepback.yaml");
    }

    Path home() {
        return folder.resolve("home");
    }

    Map<String, String> environment() {
        return Map.of(
                "UNLEASH_TOKEN", sandbox.unleash().token(),
                "GITHUB_TOKEN", sandbox.github().token(),
                "VAULT_TOKEN", sandbox.vault().token());
    }

    Outside outside() {
        return outside(UnaryOperator.identity(), UnaryOperator.identity());
    }

    Outside outside(UnaryOperator<Http> http, UnaryOperator<Journal> journal) {
        return new Outside(environment(), clock, clock, System.out, System.err, false, http, journal);
    }

    Loaded load() {
        Loaded files = Wiring.load(config(), outside());
        if (!files.problems().isEmpty()) {
            throw new IllegalStateException(files.problems().toString());
        }
        return files;
    }

    Wiring open() {
        return open(outside());
    }

    Wiring open(Outside outside) {
        return Wiring.open(config(), home(), load().settings().orElseThrow(), outside);
    }

    /** Plays the upgrade, from nine days ago to when its job may run. */
    Upgrade playUpgrade(Journal journal) {
        Upgrades upgrades = new Upgrades(journal, clock);
        scenario.seedBefore();
        Instant start = clock.instant();
        upgrades.schedule(
                UPGRADE,
                DtenScenario.PACKAGE,
                DtenScenario.FROM_VERSION,
                DtenScenario.TO_VERSION,
                DtenScenario.ENVIRONMENT,
                new Window(start, start.plus(DtenScenario.WINDOW), Duration.ofMinutes(30)),
                SOMEBODY);
        clock.moveOn(Duration.ofMinutes(5));
        upgrades.move(UPGRADE, Move.START, Optional.empty(), SOMEBODY);
        clock.moveOn(Duration.ofMinutes(10));
        scenario.duringWindow();
        clock.moveOn(Duration.ofMinutes(60));
        Upgrade upgrade = upgrades.move(UPGRADE, Move.COMPLETE, Optional.empty(), SOMEBODY);
        clock.moveOn(Duration.ofHours(3));
        scenario.afterWindow();
        clock.moveOn(Duration.ofDays(8));
        scenario.applicationsEvaluate();
        return upgrade;
    }

    Terms terms(Upgrade upgrade) {
        Loaded files = load();
        var job = files.jobs().get("dten-cleanup");
        return new Terms(java.util.Objects.requireNonNull(job), files.policyOf(job), upgrade);
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
