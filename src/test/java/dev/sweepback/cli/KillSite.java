package dev.sweepback.cli;

import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.VaultTwin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One sandbox for many cases; each case finds ten things that a small upgrade left behind, and has a home of its own. */
final class KillSite implements AutoCloseable {

    static final int OPERATIONS = 10;

    private static final String ROLE = "migrator";
    private static final String PROJECT = "default";
    private static final Duration LIFETIME = Duration.ofDays(30);

    private static final String SETTINGS = """
            apiVersion: sweepback/v1
            kind: Settings
            environment: production
            connections:
              unleash: {type: unleash, url: "%s", project: default, token: "env:UNLEASH_TOKEN", concurrency: 1}
              github: {type: github, url: "%s", repository: acme/dten, token: "env:GITHUB_TOKEN", concurrency: 1}
              vault: {type: vault, url: "%s", auth: {token: "env:VAULT_TOKEN"}, reissueRole: undo, concurrency: 1}
            store: {url: "jdbc:sqlite:sweepback.db", key: "file:sweepback.key"}
            server: {listen: "127.0.0.1:0"}
            """;

    private static final String POLICY = """
            apiVersion: sweepback/v1
            kind: Policy
            metadata: {name: open}
            spec:
              limits: {maxOperations: 50, maxPercent: 100, minPopulation: 1}
              reversibility: reissue
              minIdle: 0s
              waves: {size: 20, pause: 0s}
              stopAfterFailures: 3
            """;

    private static final String JOB = """
            apiVersion: sweepback/v1
            kind: Job
            metadata: {name: small-cleanup}
            spec:
              after: {package: small, environment: production, soak: 1m}
              policy: open
              steps:
                - name: flags
                  connection: unleash
                  kind: flag
                  select: {where: 'resource.tags.exists(t, t == "upgrade:" + upgrade.id)'}
                  action: archive
                  quarantine: 7d
                - name: hooks
                  needs: [flags]
                  connection: github
                  kind: webhook
                  select: {where: 'resource.url.startsWith("https://old.example.com/")'}
                  action: disable
                - name: leases
                  connection: vault
                  kind: lease
                  select: {prefix: database/creds/migrator, where: 'resource.id != ""'}
                  action: revoke
                  handover: vault:vault/secret/handover/small
                - name: tokens
                  connection: vault
                  kind: token
                  select: {where: '"upgrade" in resource.meta && resource.meta["upgrade"] == upgrade.id'}
                  action: revoke
                  handover: vault:vault/secret/handover/small
            """;

    final StoryClock clock = new StoryClock(Duration.ofDays(60));
    final Sandbox sandbox = Sandbox.start(clock);
    private final Path folder;
    private final Set<String> ordinary;
    private int cases;

    KillSite(Path folder) {
        this.folder = folder;
        sandbox.unleash().addFlag(PROJECT, "core", "operational", "the product", List.of());
        sandbox.unleash().setEnabled("core", "production", true);
        sandbox.github().addHook("https://ci.example.com/", List.of("push"), "ci-secret", true);
        sandbox.vault().databaseRole(ROLE, LIFETIME, LIFETIME);
        sandbox.vault().tokenRole("undo", List.of("default", "migrate", "issue"), true);
        sandbox.vault().createToken(token("service", ""));
        ordinary = Set.copyOf(sandbox.dump().propertyNames());
    }

    /** Forgets the last case and sets up the next. */
    KillHome begin() {
        clear();
        String upgrade = "small-" + ++cases;
        seed(upgrade);
        Path home = folder.resolve(upgrade);
        write(
                home.resolve("sweepback.yaml"),
                SETTINGS.formatted(
                        sandbox.unleash().url(),
                        sandbox.github().url(),
                        sandbox.vault().url()));
        write(home.resolve("policies/open.yaml"), POLICY);
        write(home.resolve("jobs/small.yaml"), JOB);
        KillHome begun = new KillHome(
                home,
                upgrade,
                Map.of(
                        "UNLEASH_TOKEN", sandbox.unleash().token(),
                        "GITHUB_TOKEN", sandbox.github().token(),
                        "VAULT_TOKEN", sandbox.vault().token()),
                clock);
        begun.playUpgrade();
        return begun;
    }

    /** The arguments of a process that acts on this home. */
    String[] arguments(KillHome home, String purpose, Doom.Point point) {
        return new String[] {
            home.folder().toString(),
            home.upgrade(),
            clock.behind().toString(),
            purpose,
            Integer.toString(point.event()),
            point.moment().name(),
            sandbox.unleash().token(),
            sandbox.github().token(),
            sandbox.vault().token()
        };
    }

    List<String> flags(KillHome home) {
        return flags(home.upgrade());
    }

    private static List<String> flags(String upgrade) {
        return List.of(upgrade + "-of-core", upgrade + "-parent", upgrade + "-child");
    }

    private void seed(String upgrade) {
        for (String flag : flags(upgrade)) {
            sandbox.unleash().addFlag(PROJECT, flag, "release", "", List.of("upgrade:" + upgrade));
            ObjectNode strategy = JsonMapper.shared().createObjectNode().put("name", "flexibleRollout");
            strategy.putObject("parameters")
                    .put("groupId", flag)
                    .put("rollout", "40")
                    .put("stickiness", "default");
            sandbox.unleash().addStrategy(flag, "production", strategy);
            sandbox.unleash().setEnabled(flag, "production", true);
        }
        sandbox.unleash().setEnabled(upgrade + "-of-core", "development", true);
        sandbox.unleash().setParent(upgrade + "-of-core", "core");
        sandbox.unleash().setParent(upgrade + "-child", upgrade + "-parent");
        for (String path : List.of("orders", "billing", "stock")) {
            sandbox.github().addHook("https://old.example.com/" + path, List.of("push"), "secret-" + path, true);
        }
        for (String phase : List.of("schema", "data")) {
            sandbox.vault().issueLease(ROLE);
            sandbox.vault().createToken(token(phase, upgrade));
        }
    }

    private static ObjectNode token(String name, String upgrade) {
        ObjectNode token = JsonMapper.shared()
                .createObjectNode()
                .put("display_name", name)
                .put("no_parent", true)
                .put("ttl", LIFETIME.toSeconds() + "s");
        token.putArray("policies").add("default").add("migrate");
        if (!upgrade.isEmpty()) {
            token.putObject("meta").put("upgrade", upgrade);
        }
        return token;
    }

    private void clear() {
        sandbox.unleash().traffic().clear();
        sandbox.github().traffic().clear();
        sandbox.vault().traffic().clear();
        List<String> names = new ArrayList<>(sandbox.dump().propertyNames());
        names.removeAll(ordinary);
        // children before their parents
        Collections.sort(names);
        VaultTwin vault = sandbox.vault();
        for (String name : names) {
            String id = name.substring(name.indexOf(':') + 1);
            switch (name.substring(0, name.indexOf(':'))) {
                case "flag" -> sandbox.unleash().removeForGood(PROJECT, id);
                case "webhook" -> sandbox.github().removeHook(Long.parseLong(id));
                case "lease" -> {
                    if (vault.leaseIsLive(id)) {
                        vault.revokeLease(id);
                    }
                }
                case "token" -> {
                    if (vault.tokenIsLive(id)) {
                        vault.revokeToken(id);
                    }
                }
                default -> {
                    // hand-overs of earlier cases disturb nobody
                }
            }
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
