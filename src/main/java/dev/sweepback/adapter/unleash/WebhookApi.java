package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The requests to Unleash that concern integrations. The answers to changes hold the hidden values in clear: nothing of them
 * goes further than this.
 */
final class WebhookApi {

    private static final String ADDONS = "/api/admin/addons";
    private static final String ADDON = ADDONS + "/{}";

    private final Api api;
    private final String connection;
    private final Clock clock;

    WebhookApi(Api api, String connection, Clock clock) {
        this.api = api;
        this.connection = connection;
        this.clock = clock;
    }

    /** @param answeredAt the time by Unleash's own clock, to the second; by ours where it does not tell */
    record Listing(List<JsonNode> webhooks, Instant answeredAt) {}

    /** All integrations of provider {@code webhook}; there are no pages. */
    Listing list() {
        Request request = Request.get(ADDONS);
        Response response = api.call(request);
        JsonNode addons = api.json(request, response).path("addons");
        if (!addons.isArray()) {
            throw api.malformed(request, "has no list of addons");
        }
        List<JsonNode> webhooks = new ArrayList<>();
        for (JsonNode addon : addons) {
            if (addon.path("provider").asString("").equals("webhook")) {
                requireWebhook(request, addon);
                webhooks.add(addon);
            }
        }
        return new Listing(webhooks, response.date().orElseGet(clock::instant));
    }

    /** Empty if there is none, also where the number is one of another provider's. */
    Optional<JsonNode> webhook(String id) {
        return list().webhooks().stream()
                .filter(webhook -> webhook.path("id").asString("").equals(id))
                .findFirst();
    }

    void update(String id, ObjectNode body) {
        api.call(Request.of("PUT", ADDON, id).body(body));
    }

    /** @return the number that it got, if it can be read */
    Optional<String> create(ObjectNode body) {
        Response response = api.call(Request.of("POST", ADDONS).body(body));
        return response.json().map(created -> created.path("id").asString("")).filter(id -> !id.isEmpty());
    }

    /** Gone already is as good. */
    void delete(String id) {
        api.callIfThere(Request.of("DELETE", ADDON, id));
    }

    /** How long ago it was last changed, as far as Unleash's record of the newest changes tells. */
    Optional<Duration> sinceChange(String id) {
        Request request = Request.get("/api/admin/search/events")
                .query("type", "IS:addon-config-updated")
                .query("limit", "100");
        Response response = api.call(request);
        JsonNode events = api.json(request, response).path("events");
        if (!events.isArray()) {
            throw api.malformed(request, "has no list of events");
        }
        Instant now = response.date().orElseGet(clock::instant);
        return events.valueStream()
                .filter(event -> event.path("data").path("id").asString("").equals(id))
                .map(event -> FlagState.time(event.path("createdAt")))
                .max(Instant::compareTo)
                .map(changed -> Duration.between(changed, now));
    }

    ConnectorException failure(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }

    private void requireWebhook(Request request, JsonNode addon) {
        if (!addon.path("id").isIntegralNumber()
                || !addon.path("enabled").isBoolean()
                || !addon.path("parameters").isObject()
                || !addon.path("events").isArray()
                || FlagState.time(addon.path("createdAt")).equals(Instant.EPOCH)) {
            throw api.malformed(request, "holds something that is no integration");
        }
    }
}
