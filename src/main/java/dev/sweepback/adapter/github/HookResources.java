package dev.sweepback.adapter.github;

import dev.sweepback.adapter.hook.HookAddress;
import dev.sweepback.adapter.hook.Hooks;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Use;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Hooks as resources. A hook's address is often a credential: it is never a name. */
final class HookResources {

    private final String connection;
    private final Redaction redaction;

    HookResources(String connection, Redaction redaction) {
        this.connection = connection;
        this.redaction = redaction;
    }

    Capture.Present capture(JsonNode hook) {
        return new Capture.Present(resource(hook), HookState.of(hook));
    }

    Resource resource(JsonNode hook) {
        String id = Hooks.id(hook);
        String url = hook.path("config").path("url").asString();
        JsonNode config = hook.path("config");
        Map<String, Object> fields = new HashMap<>();
        fields.put("id", id);
        fields.put("url", url);
        fields.put("active", hook.path("active").asBoolean(false));
        fields.put("events", HookState.events(hook));
        fields.put("contentType", config.path("content_type").asString("form"));
        fields.put("insecureSsl", config.path("insecure_ssl").asString("0").equals("1"));
        fields.put("signed", HookState.isSigned(hook));
        fields.put("createdAt", Hooks.createdAt(hook));
        fields.put("updatedAt", Instant.parse(hook.path("updated_at").asString()));
        JsonNode last = hook.path("last_response");
        // without a code GitHub knows of no delivery, and its word for that, "unused", would be taken for disuse
        if (last.path("code").isIntegralNumber() && last.path("status").isString()) {
            fields.put("lastStatus", last.path("status").asString());
        }
        return new Resource(
                new ResourceRef("webhook", connection, id),
                redaction.url(url),
                HookAddress.handles(url),
                fields,
                redaction.fingerprint(HookState.of(hook)),
                new Use.NotTold(),
                Optional.empty());
    }
}
