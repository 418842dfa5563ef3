package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Use;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Webhooks as resources. */
final class WebhookResources {

    private final String connection;
    private final Redaction redaction;

    WebhookResources(String connection, Redaction redaction) {
        this.connection = connection;
        this.redaction = redaction;
    }

    Capture.Present capture(JsonNode webhook) {
        return new Capture.Present(resource(webhook), WebhookState.of(webhook));
    }

    Resource resource(JsonNode webhook) {
        String id = webhook.path("id").asString();
        String description = webhook.path("description").asString("");
        Map<String, Object> fields = new HashMap<>();
        fields.put("id", id);
        fields.put("provider", "webhook");
        fields.put("enabled", webhook.path("enabled").asBoolean(false));
        for (String list : List.of("events", "projects", "environments")) {
            fields.put(list, WebhookState.sorted(webhook.path(list)));
        }
        fields.put("masked", WebhookState.masked(webhook));
        fields.put("createdAt", FlagState.time(webhook.path("createdAt")));
        if (!description.isBlank()) {
            fields.put("description", description);
        }
        return new Resource(
                new ResourceRef("webhook", connection, id),
                description.isBlank() ? "webhook " + id : description,
                List.of(),
                fields,
                redaction.fingerprint(WebhookState.of(webhook)),
                new Use.NotTold(),
                Optional.empty());
    }
}
