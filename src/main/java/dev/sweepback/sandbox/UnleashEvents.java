package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The audit trail; one transaction shares its {@code groupId}. */
final class UnleashEvents {

    private static final int LIMIT = 100_000;

    private final Clock clock;
    private final List<ObjectNode> events = new ArrayList<>();
    private int lastId;

    UnleashEvents(Clock clock) {
        this.clock = clock;
    }

    static String transaction() {
        return UUID.randomUUID().toString().replace("-", "").substring(0, 26).toUpperCase(java.util.Locale.ROOT);
    }

    void add(String type, UnleashFlag flag, @Nullable String environment, String transaction) {
        ObjectNode event = Json.object();
        event.put("id", ++lastId).put("type", type).put("createdBy", "admin");
        event.put("createdAt", UnleashViews.time(clock.instant())).put("createdByUserId", -42);
        event.putNull("data").putNull("preData").putArray("tags");
        event.put("featureName", flag.name).put("project", flag.project).put("environment", environment);
        event.put("groupType", "transaction").put("groupId", transaction);
        event.put("label", label(type)).put("summary", "**admin** triggered **%s**".formatted(type));
        events.add(event);
        if (events.size() > LIMIT) {
            events.subList(0, LIMIT / 10).clear();
        }
    }

    /** What becomes of an integration; never its parameters. */
    void addAddon(String type, ObjectNode addon) {
        ObjectNode event = Json.object();
        event.put("id", ++lastId).put("type", type).put("createdBy", "admin");
        event.put("createdAt", UnleashViews.time(clock.instant())).put("createdByUserId", -42);
        ObjectNode told = addon.deepCopy();
        told.remove("parameters");
        boolean gone = type.equals("addon-config-deleted");
        event.set(gone ? "preData" : "data", told);
        event.putNull(gone ? "data" : "preData").putArray("tags");
        event.putNull("featureName").putNull("project").putNull("environment");
        events.add(event);
    }

    List<ObjectNode> all() {
        return events;
    }

    TwinResponse search(Call call) {
        TwinRequest request = call.request();
        List<ObjectNode> found = new ArrayList<>();
        for (int i = events.size() - 1; i >= 0; i--) {
            ObjectNode event = events.get(i);
            if (matches(request.query("feature", ""), Json.text(event, "featureName", ""))
                    && matches(request.query("type", ""), Json.text(event, "type", ""))
                    && matches(request.query("project", ""), Json.text(event, "project", ""))) {
                found.add(event);
            }
        }
        int limit = GithubAnswers.number(request.query("limit", "50"), 50);
        int from = Math.min(found.size(), GithubAnswers.number(request.query("offset", "0"), 0));
        ObjectNode body = Json.object();
        body.set("events", Json.nodes(found.subList(from, Math.min(found.size(), from + limit))));
        return TwinResponse.json(200, body.put("total", found.size()));
    }

    private static boolean matches(String filter, String value) {
        if (filter.isEmpty()) {
            return true;
        }
        return Arrays.asList(filter.substring(filter.indexOf(':') + 1).split(",", -1))
                .contains(value);
    }

    private static String label(String type) {
        return switch (type) {
            case "feature-archived" -> "Flag archived";
            case "feature-revived" -> "Flag revived";
            case "feature-created" -> "Flag created";
            case "feature-deleted" -> "Flag deleted";
            default -> type;
        };
    }
}
