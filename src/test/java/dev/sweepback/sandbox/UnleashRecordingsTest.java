package dev.sweepback.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The twin against what was recorded from a real Unleash 7.5.1. */
class UnleashRecordingsTest {

    /** Pointers that may differ, with the reason. */
    private static final Map<String, Set<String>> DEVIATIONS = Map.of(
            // the real server lists seven providers with their parameters; nobody here reads them
            "addons-list", Set.of("/providers"),
            "addons-list-empty", Set.of("/providers"),
            "viewer-addons-list-allowed", Set.of("/providers"),
            // what the real server knows besides the flags themselves is not kept
            "features-export", Set.of("/contextFields", "/tagTypes", "/segments"),
            // the cause of a dependency event is not kept: which parent
            "events-search", Set.of("/events/0/data"),
            // the real server writes the stage late: the newest flags had none yet
            "search-limit-over-100-falls-to-50",
                    Set.of(
                            "/features/46/lifecycle",
                            "/features/47/lifecycle",
                            "/features/48/lifecycle",
                            "/features/49/lifecycle"),
            // the flag of another recording had a strategy with a segment
            "search-page1", Set.of("/features/1/segments"));

    /** Fresh in every answer. */
    private static final Set<String> ALWAYS = Set.of("/id");

    private static final Set<String> ARCHIVED_BEFORE = Set.of(
            "feature-archive-again",
            "feature-get-archived",
            "env-on-while-archived",
            "feature-create-name-of-archived",
            "feature-revive",
            "search-archived",
            "strategy-add-while-archived");

    private static final Set<String> WITHOUT_THE_FLAG = Set.of(
            "feature-hard-delete-unknown",
            "feature-revive-deleted",
            "batch-revive-deleted",
            "batch-delete-unknown",
            "feature-create",
            "recreate-with-createdAt");

    private static final Set<String> WITHOUT_ADDONS = Set.of(
            "addon-create-unknown-provider",
            "addon-create-webhook",
            "addon-delete-again",
            "addon-get-unknown",
            "addons-list-empty");

    private final UnleashTwin twin = new UnleashTwin(new SteppedClock(), 0);
    private final Map<String, String> replaced = new HashMap<>();

    @AfterEach
    void stop() {
        twin.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "addon-create-unknown-provider",
                "addon-create-webhook",
                "addon-delete",
                "addon-delete-again",
                "addon-get",
                "addon-get-unknown",
                "addon-recreate-from-masked",
                "addon-update-bad",
                "addon-update-disable-masked",
                "addon-update-enable-full-echo",
                "addons-list",
                "addons-list-empty",
                "archive-features-legacy-path",
                "archive-parent-with-child",
                "archive-parent-with-child-batch",
                "archive-unknown",
                "archive-validate",
                "archive-wrong-project",
                "auth-backend-token-archive",
                "auth-bad-token",
                "auth-bad-token-archive",
                "auth-bearer-prefix",
                "auth-none",
                "batch-archive-already-archived",
                "batch-archive-bad-body",
                "batch-archive-empty",
                "batch-archive-malformed-json",
                "batch-archive-parent-and-child",
                "batch-archive-unknown",
                "batch-archive-with-orphan-parent",
                "batch-archive-wrong-project",
                "batch-delete-not-archived",
                "batch-delete-unknown",
                "batch-revive-deleted",
                "batch-revive-mixed",
                "batch-revive-on-live-flag",
                "bulk-env-off-partial-unknown",
                "bulk-env-on",
                "client-metrics-development",
                "dependency-add",
                "dependency-on-archived-parent",
                "env-off-production",
                "env-off-production-again",
                "env-off-unknown-env",
                "env-on-all-strategies-disabled",
                "env-on-production",
                "env-on-while-archived",
                "environment-variants-get",
                "environments-list",
                "events-search",
                "feature-archive",
                "feature-archive-again",
                "feature-create",
                "feature-create-bad-name",
                "feature-create-conflict",
                "feature-create-name-of-archived",
                "feature-get-archived",
                "feature-get-revived",
                "feature-get-rich",
                "feature-hard-delete",
                "feature-hard-delete-unknown",
                "feature-lifecycle-get",
                "feature-patch-stale-off",
                "feature-put-archived",
                "feature-put-stale",
                "feature-revive",
                "feature-revive-again",
                "feature-revive-deleted",
                "feature-revive-on-live-flag",
                "feature-tag-add",
                "feature-tags-get",
                "features-export",
                "features-list-project",
                "forbidden-viewer-archive",
                "forbidden-viewer-batch-archive",
                "get-unknown",
                "hard-delete-not-archived",
                "health",
                "legacy-variants-put-production",
                "projects-list",
                "reapply-dependency",
                "reapply-env-on",
                "recreate-strategy-with-id",
                "recreate-variants",
                "recreate-with-createdAt",
                "search-archived",
                "search-bad-filter",
                "search-by-tag",
                "search-by-type-lifecycle-date",
                "search-limit-over-100-falls-to-50",
                "search-page1",
                "search-page2",
                "search-state-stale",
                "search-unknown-project",
                "stale-on-batch",
                "stale-on-batch-ok",
                "strategies-get",
                "strategy-add-production",
                "strategy-add-while-archived",
                "strategy-delete-last",
                "strategy-patch-disabled",
                "tag-remove",
                "viewer-addons-list-allowed"
            })
    void theTwinAnswersAsTheRealServerDid(String name) throws Exception {
        Recording recording = Recording.load("unleash", name);
        prepare(recording);

        TwinClient.Answer answer =
                client(recording).send(recording.method(), recording.path(replaced), recording.body(replaced));

        Set<String> ignored = new java.util.HashSet<>(DEVIATIONS.getOrDefault(name, Set.of()));
        if (answer.status() >= 400) {
            ignored.addAll(ALWAYS);
        }
        assertThat(recording.differences(answer, replaced, ignored)).isEmpty();
        if (name.equals("search-limit-over-100-falls-to-50")) {
            assertThat(answer.json().path("features").size()).isEqualTo(50);
        }
    }

    private TwinClient client(Recording recording) {
        TwinClient admin = TwinClient.of(twin);
        return switch (Json.text(recording.request(), "auth", "admin")) {
            case "none" -> admin.without("Authorization");
            case "unknown token" -> admin.with("Authorization", "*:*.unknown");
            case "backend token", "backend token of env development" ->
                admin.with("Authorization", twin.backendToken());
            case "Bearer + admin token" -> admin.with("Authorization", "Bearer " + twin.token());
            case "PAT of a Viewer" -> admin.with("Authorization", twin.viewerToken());
            default -> admin;
        };
    }

    private void prepare(Recording recording) throws Exception {
        String name = recording.name();
        String sent = recording.path(Map.of()) + recording.body(Map.of());
        twin.addSegment("beta-users");
        twin.addFlag("default", "parent-flag", "release", "", List.of());
        twin.addFlag("default", "tmp-upgrade-rich", "operational", "", List.of("simple:temporary"));
        if (!name.equals("feature-create")) {
            addRich("tmp-upgrade-rich2");
        }
        if (sent.contains("tmp-upgrade-rich3") && !WITHOUT_THE_FLAG.contains(name)) {
            addRich("tmp-upgrade-rich3");
        }
        if (sent.contains("tmp-all-disabled")) {
            twin.addFlag("default", "tmp-all-disabled", "release", "", List.of());
            String strategy = twin.addStrategy("tmp-all-disabled", "development", Json.object());
            replaced.put("de880da6-c5ad-4275-b362-368f15fcd314", strategy);
        }
        if (sent.contains("pg-")) {
            addMany();
        }
        if (!WITHOUT_ADDONS.contains(name)) {
            twin.addAddon(
                    Recording.load("unleash", "addon-create-webhook").request().path("body"));
        }
        if (ARCHIVED_BEFORE.contains(name)) {
            twin.archive("default", "tmp-upgrade-rich2");
        }
        prepareState(name);
    }

    private void prepareState(String name) {
        switch (name) {
            case "feature-get-revived" -> {
                twin.archive("default", "tmp-upgrade-rich2");
                twin.revive("tmp-upgrade-rich2");
            }
            case "archive-validate" -> twin.setParent("tmp-upgrade-rich", "parent-flag");
            case "feature-hard-delete" -> twin.archive("default", "tmp-upgrade-rich3");
            case "batch-archive-already-archived" -> twin.archive("default", "pg-010");
            case "dependency-on-archived-parent" -> twin.archive("default", "pg-011");
            case "batch-archive-parent-and-child", "batch-archive-with-orphan-parent" ->
                twin.setParent("pg-010", "pg-011");
            case "batch-revive-mixed" -> {
                twin.archive("default", "pg-010");
                twin.archive("default", "pg-011");
            }
            case "dependency-add", "reapply-dependency" -> {
                twin.archive("default", "tmp-upgrade-rich2");
                twin.revive("tmp-upgrade-rich2");
            }
            case "strategy-delete-last" ->
                replaced.put(
                        "abc9245a-0535-4cb8-a050-6ac14a986e0d",
                        twin.addStrategy("pg-030", "production", Json.object()));
            default -> {}
        }
    }

    private static ObjectNode thirdStrategy() {
        ObjectNode strategy = Json.object().put("name", "flexibleRollout").put("sortOrder", 5);
        strategy.putObject("parameters").put("groupId", "g").put("rollout", "1").put("stickiness", "default");
        return strategy;
    }

    private void addMany() {
        for (int i = 0; i < 120; i++) {
            twin.addFlag("default", "pg-%03d".formatted(i), "release", "", List.of());
        }
    }

    private void addRich(String flag) throws Exception {
        twin.addFlag(
                "default", flag, "operational", "temporary upgrade flag", List.of("simple:temporary", "upgrade:v2.0"));
        JsonNode rollout =
                Recording.load("unleash", "strategy-add-production").request().path("body");
        for (String environment : List.of("development", "production")) {
            twin.addStrategy(flag, environment, rollout);
            ObjectNode second = Json.object().put("name", "remoteAddress").put("title", "second");
            second.putObject("parameters").put("IPs", "10.0.0.1");
            twin.addStrategy(flag, environment, second.put("sortOrder", 2));
            twin.addStrategy(flag, environment, thirdStrategy());
        }
        twin.setVariants(flag, (tools.jackson.databind.node.ArrayNode)
                Recording.load("unleash", "recreate-variants").request().path("body"));
        twin.addLink(flag, "https://example.org/t/1", "ticket");
        twin.setEnabled(flag, "production", true);
        twin.setParent(flag, "parent-flag");
        twin.evaluate(flag, "web", "development");
    }
}
