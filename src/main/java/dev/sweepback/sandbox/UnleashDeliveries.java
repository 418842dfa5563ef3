package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events that integrations had subscribed to, as if each were received well. The server remembers for a minute which
 * integrations are enabled, so that disabling acts late, and an event for one that is deleted meanwhile ends the process.
 */
final class UnleashDeliveries {

    private static final Duration REMEMBERED = Duration.ofMinutes(1);
    private static final int LIMIT = 10_000;
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{event\\.(\\w+)\\}\\}");

    private final Clock clock;
    private final UnleashAddons addons;
    private final Deque<ObjectNode> delivered = new ArrayDeque<>();
    private List<ObjectNode> memo = List.of();
    private Instant forgetAt = Instant.MIN;
    private int lastId;
    private boolean crashed;

    UnleashDeliveries(Clock clock, UnleashAddons addons) {
        this.clock = clock;
        this.addons = addons;
    }

    boolean crashed() {
        return crashed;
    }

    void restart() {
        crashed = false;
        forgetAt = Instant.MIN;
    }

    void deliver(ObjectNode event) {
        for (ObjectNode addon : enabled()) {
            if (!subscribed(addon, event)) {
                continue;
            }
            int id = Json.number(addon, "id", 0);
            if (!addons.all().containsKey(id)) {
                crashed = true;
                return;
            }
            delivered.addFirst(delivery(addon, id, event));
            if (delivered.size() > LIMIT) {
                delivered.removeLast();
            }
        }
    }

    private List<ObjectNode> enabled() {
        Instant now = clock.instant();
        if (!now.isBefore(forgetAt)) {
            memo = addons.all().values().stream()
                    .filter(addon -> Json.flag(addon, "enabled", false))
                    .map(ObjectNode::deepCopy)
                    .toList();
            forgetAt = now.plus(REMEMBERED);
        }
        return memo;
    }

    private static boolean subscribed(ObjectNode addon, ObjectNode event) {
        return Json.strings(addon.path("events")).contains(Json.text(event, "type", ""))
                && matches(addon.path("projects"), Json.text(event, "project", ""))
                && matches(addon.path("environments"), Json.text(event, "environment", ""));
    }

    private static boolean matches(JsonNode wanted, String value) {
        List<String> names = Json.strings(wanted);
        return value.isEmpty() || names.isEmpty() || names.get(0).equals("*") || names.contains(value);
    }

    private ObjectNode delivery(ObjectNode addon, int id, ObjectNode event) {
        ObjectNode delivery =
                Json.object().put("id", Integer.toString(++lastId)).put("integrationId", id);
        delivery.put("createdAt", UnleashViews.time(clock.instant())).put("state", "success");
        delivery.put("stateDetails", "Webhook request was successful with status code: 200.");
        delivery.set("event", event.deepCopy());
        JsonNode parameters = addon.path("parameters");
        delivery.putObject("details")
                .put("url", Json.text(parameters, "url", ""))
                .put("body", body(Json.text(parameters, "bodyTemplate", ""), event))
                .put("contentType", Json.text(parameters, "contentType", "application/json"));
        return delivery;
    }

    private static String body(String template, ObjectNode event) {
        return template.isEmpty()
                ? event.toString()
                : PLACEHOLDER
                        .matcher(template)
                        .replaceAll(found -> Matcher.quoteReplacement(Json.text(event, found.group(1), "")));
    }

    /** Newest first, with the address in clear (recording: addon-events). */
    TwinResponse list(Call call) {
        int id = GithubAnswers.number(call.at("id"), -1);
        int limit = GithubAnswers.number(call.request().query("limit", "50"), 50);
        ObjectNode body = Json.object();
        body.set(
                "integrationEvents",
                Json.nodes(delivered.stream()
                        .filter(delivery -> Json.number(delivery, "integrationId", 0) == id)
                        .limit(limit)
                        .toList()));
        return TwinResponse.json(200, body);
    }

    /** How many each integration has received. */
    long count(int addon) {
        return delivered.stream()
                .filter(delivery -> Json.number(delivery, "integrationId", 0) == addon)
                .count();
    }
}
