package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The world of the demo: one upgrade of {@value #PACKAGE} among about 150 resources, 23 of which it left behind. Time
 * passes outside, on the sandbox's clock: call {@link #seedBefore}, {@link #duringWindow} and {@link #afterWindow} as it
 * does. The two-hour window begins at the instant of construction.
 */
public final class DtenScenario {

    public static final String PROJECT = "default";
    public static final String PACKAGE = "full-upgrade-package-dten";
    public static final String FROM_VERSION = "2.3.1";
    public static final String TO_VERSION = "2.4.0";
    public static final String UPGRADE = "dten-2.4.0-prod";
    public static final String ENVIRONMENT = "production";
    public static final String STAGING = "staging";
    public static final String STAGING_UPGRADE = "dten-2.4.0-staging";
    public static final Duration WINDOW = Duration.ofHours(2);

    public static final String PROTECTED_FLAG = "kill-switch-dten-fallback";
    public static final String OTHER_UPGRADE_FLAG = "dten-v1-slow-start";
    public static final String FLAG_IN_USE = "dten-v2-search-beta";
    public static final String FLAG_KEPT_BY_HAND = "dten-v2-legacy-export";
    public static final String AUDIT_HOOK_URL = "https://dten.example.com/v2/audit";
    public static final String STAGING_HOOK_URL = "https://staging.dten.example.com/v2/orders";
    public static final String MIGRATOR_ROLE = "dten-migrator";
    public static final String UNDO_TOKEN_ROLE = "sweepback-undo";

    private static final String NOT_SELECTED = "not selected";
    private static final Duration LIFETIME = Duration.ofDays(30);
    private static final int ORDINARY_HOOKS = 28;
    private static final int ORDINARY_LEASES = 22;
    private static final int ORDINARY_TOKENS = 13;
    private static final List<String> LEFTOVER_PATHS =
            List.of("orders", "billing", "stock", "shipping", "search", "mirror");

    private final Sandbox sandbox;
    private final DtenFlags flags;
    private final Instant windowStart;
    private final List<String> leftovers = new ArrayList<>();
    private final List<NearMiss> nearMisses = new ArrayList<>();
    private VaultTwin.@Nullable IssuedToken daemon;
    private final List<Long> leftoverHooks = new ArrayList<>();
    private long stagingHook;

    public DtenScenario(Sandbox sandbox) {
        this.sandbox = sandbox;
        this.flags = new DtenFlags(sandbox.unleash());
        this.windowStart = sandbox.clock().instant();
    }

    public Instant windowEnd() {
        return windowStart.plus(WINDOW);
    }

    /** Everything that has nothing to do with the upgrade. */
    public void seedBefore() {
        flags.seedOrdinary();
        for (int i = 0; i < ORDINARY_HOOKS; i++) {
            sandbox.github()
                    .addHook(
                            "https://ci.example.com/hooks/%02d".formatted(i),
                            List.of("push"),
                            "ci-secret-" + i,
                            i % 7 != 0);
        }
        VaultTwin vault = sandbox.vault();
        for (String role : List.of(MIGRATOR_ROLE, "dten-app", "reports", "billing")) {
            vault.databaseRole(role, LIFETIME, LIFETIME);
        }
        vault.tokenRole(UNDO_TOKEN_ROLE, List.of("default", "dten-migrate", "dten-issue"), true);
        vault.policy(
                "sweepback",
                List.of("sys/leases/revoke-force", "sys/leases/revoke-prefix", "secret/destroy"),
                List.of());
        daemon = vault.createToken(token("sweepback", "sweepback", ""));
        for (int i = 0; i < ORDINARY_LEASES; i++) {
            vault.issueLease(List.of("dten-app", "reports", "billing").get(i % 3));
        }
        for (int i = 0; i < ORDINARY_TOKENS; i++) {
            vault.createToken(token("service-%02d".formatted(i), "app-" + i % 4, ""));
        }
    }

    /** What the upgrade leaves behind: 9 flags, 6 hooks, 6 leases, 2 tokens. */
    public void duringWindow() {
        flags.seedLeftovers();
        DtenFlags.LEFTOVERS.forEach(name -> leftovers.add("flag:" + name));
        for (String path : LEFTOVER_PATHS) {
            long id = sandbox.github()
                    .addHook(
                            "https://dten.example.com/v2/" + path,
                            List.of("push", "release"),
                            path.equals("mirror") ? null : "hook-secret-" + path,
                            true);
            leftoverHooks.add(id);
            leftovers.add("webhook:" + id);
            leftovers.add("lease:" + sandbox.vault().issueLease(MIGRATOR_ROLE));
        }
        for (String phase : List.of("schema", "data")) {
            leftovers.add("token:"
                    + sandbox.vault()
                            .createToken(token("dten-migrate-" + phase, "dten-migrate", UPGRADE))
                            .accessor());
        }
    }

    /** What looks like a leftover and is none. */
    public void afterWindow() {
        flags.seedNearMisses();
        miss("flag:" + PROTECTED_FLAG, "protected by the policy: flag:kill-switch-*", "blocked", "protected");
        miss(
                "flag:" + OTHER_UPGRADE_FLAG,
                "belongs to another upgrade: upgrade:dten-2.3.1-prod",
                NOT_SELECTED,
                "upgrade.id");
        miss("flag:" + FLAG_IN_USE, "an application still evaluates it", "kept", "used");
        miss("flag:" + FLAG_KEPT_BY_HAND, "somebody has said that it is to be kept", "kept", "kept by");
        GithubTwin github = sandbox.github();
        long audit = github.addHook(AUDIT_HOOK_URL, List.of("*"), "audit-secret", true);
        miss("webhook:" + audit, "protected by the policy: webhook:*audit*", "blocked", "protected");
        stagingHook = github.addHook(STAGING_HOOK_URL, List.of("push"), "staging-secret", true);
        miss("webhook:" + stagingHook, "made for the upgrade of staging", NOT_SELECTED, "resource.tracked");
        Instant now = sandbox.clock().instant();
        Instant later = now.isAfter(windowEnd()) ? now : windowEnd().plus(Duration.ofMinutes(10));
        VaultTwin vault = sandbox.vault();
        miss(
                "lease:" + vault.issueLease(MIGRATOR_ROLE, vault.rootAccessor(), later),
                "issued after the window, by the nightly reconciliation",
                NOT_SELECTED,
                "resource.issuedAt <= upgrade.completedAt");
        miss(
                "token:"
                        + vault.createToken(token("dten-migrate-nightly", "dten-migrate", ""))
                                .accessor(),
                "says nothing of the upgrade",
                NOT_SELECTED,
                "\"upgrade\" in resource.meta");
        miss(
                "token:"
                        + vault.createToken(token("dten-migrate-old", "dten-migrate", "dten-2.3.1-prod"))
                                .accessor(),
                "belongs to another upgrade",
                NOT_SELECTED,
                "upgrade.id");
    }

    /** The hook that the upgrade of staging made, once {@link #afterWindow} has; its id. */
    public long stagingHook() {
        return stagingHook;
    }

    /** The token that Sweepback works with at Vault, once {@link #seedBefore} has made it: no root, and no force. */
    public VaultTwin.IssuedToken daemonToken() {
        return Objects.requireNonNull(daemon, "seedBefore() makes the token");
    }

    /** The application that still uses {@link #FLAG_IN_USE} evaluates it again. */
    public void applicationsEvaluate() {
        flags.evaluateInUse();
    }

    /** An application that nobody thought of evaluates a flag that the run has archived; returns the flag's name. */
    public String forgottenApplication() {
        return "flag:" + flags.evaluateForgotten();
    }

    /** Somebody points one of the hooks elsewhere, say after the run has disabled it; returns its name. */
    public String foreignChange() {
        long id = leftoverHooks.get(0);
        ObjectNode change = Json.object();
        change.putObject("config").put("url", "https://dten.example.com/v3/orders");
        sandbox.github().changeHook(id, change);
        return "webhook:" + id;
    }

    /** Names of what the upgrade left behind, as in {@link Sandbox#dump()}. */
    public List<String> leftovers() {
        return List.copyOf(leftovers);
    }

    public List<NearMiss> nearMisses() {
        return List.copyOf(nearMisses);
    }

    private void miss(String what, String why, String answer, String because) {
        nearMisses.add(new NearMiss(what, why, answer, because));
    }

    private static ObjectNode token(String name, String policy, String upgrade) {
        ObjectNode token = Json.object().put("display_name", name).put("no_parent", true);
        token.put("ttl", LIFETIME.toSeconds() + "s")
                .putArray("policies")
                .add("default")
                .add(policy);
        if (!upgrade.isEmpty()) {
            token.putObject("meta").put("upgrade", upgrade);
        }
        return token;
    }
}
