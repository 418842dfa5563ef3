package dev.sweepback.sandbox;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What a recorded exchange with Unleash found: the twin is brought there, and recorded ids are replaced by the twin's. */
final class UnleashScene implements AutoCloseable {

    private static final String PROJECT = "/api/admin/projects/default";

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
            "addons-list-empty",
            "events-search-addon");

    private static final Set<String> WITH_ALL_DISABLED = Set.of("auth-bearer-prefix", "environments-list");

    private final SteppedClock clock = new SteppedClock();
    private final UnleashTwin twin = new UnleashTwin(clock, 0);
    private final TwinClient admin = TwinClient.of(twin);
    private final Map<String, String> replaced = new HashMap<>();

    UnleashScene(Recording recording) throws Exception {
        String name = recording.name();
        String sent = recording.path(Map.of()) + recording.body(Map.of());
        replaced.put("http://127.0.0.1:14242", twin.url().toString());
        if (!name.equals("segment-create")) {
            twin.addSegment("beta-users");
        }
        if (!name.equals("tag-type-create")) {
            admin.send("POST", "/api/admin/tag-types", "{\"name\":\"upgrade\"}");
        }
        create("parent-flag", "release");
        addFirst(name.equals("search-page1") || name.equals("features-list-project"));
        if (name.equals("client-features")) {
            prepareApplications();
        } else if (!name.equals("feature-create")) {
            addRich("tmp-upgrade-rich2");
        }
        if (sent.contains("tmp-upgrade-rich3") && !WITHOUT_THE_FLAG.contains(name)) {
            addRich("tmp-upgrade-rich3");
        }
        if (sent.contains("tmp-all-disabled") || WITH_ALL_DISABLED.contains(name)) {
            create("tmp-all-disabled", "release");
            String strategy = twin.addStrategy("tmp-all-disabled", "development", Json.object());
            replaced.put("de880da6-c5ad-4275-b362-368f15fcd314", strategy);
        }
        if (sent.contains("pg-") || name.equals("projects-list") || name.equals("events-search-type")) {
            addMany();
        }
        if (!WITHOUT_ADDONS.contains(name)) {
            prepareAddons(name);
        }
        if (name.contains("token") || name.startsWith("env") || name.equals("auth-bearer-prefix")) {
            prepareTokens(name);
        }
        if (ARCHIVED_BEFORE.contains(name)) {
            twin.archive("default", "tmp-upgrade-rich2");
        }
        prepareState(name);
        // by then the server has taken note of all that happened
        clock.advance(Duration.ofSeconds(2));
    }

    Map<String, String> replaced() {
        return replaced;
    }

    /** Speaks to the twin as the recorded client did. */
    TwinClient client(Recording recording) throws Exception {
        if (recording.name().equals("get-if-none-match-304")) {
            return admin.with(
                    "If-None-Match",
                    admin.get(recording.path(replaced)).headers().getOrDefault("etag", ""));
        }
        return switch (Json.text(recording.request(), "auth", "admin")) {
            case "none" -> admin.without("Authorization");
            case "unknown token" -> admin.with("Authorization", "*:*.unknown");
            case "backend token", "backend token of env development" ->
                admin.with("Authorization", twin.backendToken());
            case "Bearer + admin token" -> admin.with("Authorization", "Bearer " + twin.token());
            case "PAT of a Viewer" -> admin.with("Authorization", twin.viewerToken());
            case "PAT of an Editor" -> admin.with("Authorization", twin.editorToken());
            case "PAT of an Admin" -> admin.with("Authorization", twin.administratorToken());
            default ->
                recording.request().path("path").asString().startsWith("/api/client/")
                        ? admin.with("Authorization", twin.backendToken())
                        : admin;
        };
    }

    private void create(String flag, String type) throws Exception {
        post("/features", "{\"name\":\"%s\",\"type\":\"%s\"}".formatted(flag, type));
    }

    private void post(String path, String body) throws Exception {
        admin.send("POST", PROJECT + path, body);
    }

    private void prepareState(String name) throws Exception {
        switch (name) {
            case "feature-get-revived", "dependency-add", "reapply-dependency" -> {
                twin.archive("default", "tmp-upgrade-rich2");
                twin.revive("tmp-upgrade-rich2");
            }
            case "feature-hard-delete" -> twin.archive("default", "tmp-upgrade-rich3");
            case "features-export" -> twin.setEnabled("tmp-upgrade-rich3", "production", false);
            case "projects-list" -> twin.archive("default", "tmp-upgrade-rich");
            case "auth-bearer-prefix", "environments-list" -> twin.setEnabled("tmp-all-disabled", "development", true);
            case "batch-archive-already-archived" -> twin.archive("default", "pg-010");
            case "dependency-on-archived-parent" -> twin.archive("default", "pg-011");
            case "batch-archive-parent-and-child", "batch-archive-with-orphan-parent" ->
                twin.setParent("pg-010", "pg-011");
            case "batch-revive-mixed" -> {
                twin.archive("default", "pg-010");
                twin.archive("default", "pg-011");
            }
            case "strategy-delete-last" ->
                replaced.put(
                        "abc9245a-0535-4cb8-a050-6ac14a986e0d",
                        twin.addStrategy("pg-030", "production", Json.object()));
            case "lifecycle-get-completed", "lifecycle-uncomplete" ->
                post("/features/tmp-upgrade-rich2/lifecycle/complete", "{\"status\":\"kept\"}");
            default -> prepareEvents(name);
        }
    }

    private void prepareApplications() throws Exception {
        twin.archive("default", "tmp-upgrade-rich");
        create("tmp-all-disabled", "release");
        twin.setEnabled("tmp-all-disabled", "development", true);
        post("/features", Recording.load("unleash", "feature-create").body(Map.of()));
        twin.setParent("tmp-upgrade-rich2", "parent-flag");
    }

    private void prepareEvents(String name) throws Exception {
        switch (name) {
            case "events-search", "events-by-feature" -> {
                post("/archive", "{\"features\":[\"pg-010\",\"pg-011\"]}");
                post("/revive", "{\"features\":[\"pg-010\",\"pg-011\"]}");
                twin.setParent("pg-010", "pg-011");
                post("/archive", "{\"features\":[\"pg-010\",\"pg-011\"]}");
                post("/archive", "{\"features\":[\"pg-010\"]}");
                post("/revive", "{\"features\":[\"pg-010\",\"pg-011\"]}");
                post("/features/pg-010/dependencies", "{\"feature\":\"pg-011\",\"enabled\":false}");
            }
            case "events-search-type" -> {
                twin.archive("default", "pg-011");
                twin.revive("pg-011");
            }
            case "events-search-deleted" -> {
                post(
                        "/features",
                        "{\"name\":\"load-1999\",\"type\":\"operational\",\"description\":\"load\",\"stale\":true,"
                                + "\"tags\":[{\"type\":\"upgrade\",\"value\":\"v2.0\"}]}");
                twin.removeForGood("default", "load-1999");
            }
            case "events-search-addon" -> {
                JsonNode added = Json.parse(
                        "{\"description\":\"x\",\"events\":[\"feature-archived\",\"feature-created\"],\"parameters\":{}}");
                for (int i = 0; i < 8; i++) {
                    twin.addAddon(added);
                }
                admin.send(
                        "PUT",
                        "/api/admin/addons/8",
                        "{\"provider\":\"webhook\",\"enabled\":false,\"description\":\"x\","
                                + "\"events\":[\"feature-archived\",\"feature-created\"],\"parameters\":{\"url\":\"x\"}}");
                admin.send("DELETE", "/api/admin/addons/8", "");
            }
            default -> {}
        }
    }

    private void prepareAddons(String name) throws Exception {
        Recording created = Recording.load("unleash", "addon-create-webhook");
        int id = twin.addAddon(created.request().path("body"));
        replaced.put(
                "2026-11-23T21:34:24.423Z",
                admin.get("/api/admin/addons/" + id).json().path("createdAt").asString());
        Recording masked = Recording.load("unleash", "addon-recreate-from-masked");
        switch (name) {
            case "addon-recreate-with-id" -> twin.addAddon(masked.request().path("body"));
            case "viewer-addons-list-allowed" -> {
                twin.addAddon(masked.request().path("body"));
                twin.addAddon(masked.request().path("body"));
                admin.send("DELETE", "/api/admin/addons/" + id, "");
            }
            case "addon-events" -> {
                clock.advance(Duration.ofMinutes(1));
                create("ev1", "release");
                twin.archive("default", "ev1");
            }
            default -> {}
        }
    }

    private void prepareTokens(String name) throws IOException {
        if (!name.startsWith("api-token-create")) {
            String front = "{\"tokenName\":\"tmp-front\",\"type\":\"frontend\",\"environment\":\"production\"}";
            twin.addApiToken(Json.parse(front));
            String secret = twin.addApiToken(
                    Recording.load("unleash", "api-token-create").request().path("body"));
            replaced.put("<TOKEN>", secret);
        }
    }

    private void addMany() throws Exception {
        for (int i = 0; i < 130; i++) {
            create("pg-%03d".formatted(i), "release");
        }
    }

    /** The first flag that was recorded, with less to it than the later ones. */
    private void addFirst(boolean evaluated) throws Exception {
        String flag = "tmp-upgrade-rich";
        create(flag, "operational");
        twin.addTag(flag, "simple:temporary");
        for (String environment : List.of("development", "production")) {
            twin.addStrategy(flag, environment, Json.parse("{\"name\":\"default\",\"segments\":[1]}"));
            twin.setEnabled(flag, environment, true);
        }
        if (evaluated) {
            evaluate(flag, 20, 4);
        }
        twin.setParent(flag, "parent-flag");
    }

    private void addRich(String flag) throws Exception {
        post("/features", Recording.load("unleash", "feature-create").body(Map.of("tmp-upgrade-rich2", flag)));
        twin.addTag(flag, "simple:temporary");
        for (String environment : List.of("development", "production")) {
            String strategies = "/features/%s/environments/%s/strategies".formatted(flag, environment);
            post(
                    strategies,
                    Recording.load("unleash", "strategy-add-" + environment).body(Map.of("tmp-upgrade-rich2", flag)));
            post(
                    strategies,
                    "{\"name\":\"remoteAddress\",\"title\":\"second\",\"sortOrder\":2,\"disabled\":%s,\"parameters\":{\"IPs\":\"10.0.0.1\"}}"
                            .formatted(environment.equals("production")));
            post(
                    strategies,
                    "{\"name\":\"flexibleRollout\",\"sortOrder\":5,\"parameters\":{\"groupId\":\"%s\",\"rollout\":\"1\",\"stickiness\":\"default\"}}"
                            .formatted(flag));
        }
        twin.setVariants(flag, (ArrayNode)
                Recording.load("unleash", "recreate-variants").request().path("body"));
        twin.addLink(flag, "https://example.org/t/1", "ticket");
        twin.setEnabled(flag, "production", true);
        twin.setParent(flag, "parent-flag");
        evaluate(flag, 10, 2);
    }

    private void evaluate(String flag, int yes, int no) throws Exception {
        admin.with("Authorization", twin.backendToken())
                .send(
                        "POST",
                        "/api/client/metrics",
                        "{\"appName\":\"web\",\"environment\":\"development\",\"bucket\":{\"toggles\":{\"%s\":{\"yes\":%d,\"no\":%d}}}}"
                                .formatted(flag, yes, no));
    }

    @Override
    public void close() {
        twin.close();
    }
}
