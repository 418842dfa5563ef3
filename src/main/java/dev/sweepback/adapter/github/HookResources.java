package dev.sweepback.adapter.github;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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

    ResourceRef ref(String id) {
        return new ResourceRef("webhook", connection, id);
    }

    Capture.Present capture(JsonNode hook) {
        return new Capture.Present(resource(hook), HookState.of(hook));
    }

    Resource resource(JsonNode hook) {
        String id = hook.path("id").asString();
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
        fields.put("createdAt", createdAt(hook));
        fields.put("updatedAt", Instant.parse(hook.path("updated_at").asString()));
        JsonNode last = hook.path("last_response");
        // without a code GitHub knows of no delivery, and its word for that, "unused", would be taken for disuse
        if (last.path("code").isIntegralNumber() && last.path("status").isString()) {
            fields.put("lastStatus", last.path("status").asString());
        }
        return new Resource(
                ref(id),
                redaction.url(url),
                handles(url),
                fields,
                fingerprint(HookState.of(hook)),
                new Use.NotTold(),
                Optional.empty());
    }

    static Instant createdAt(JsonNode hook) {
        return Instant.parse(hook.path("created_at").asString());
    }

    /** Keyed: the state holds the address, which a plain digest would let a reader of the plan try out. */
    private String fingerprint(State state) {
        return redaction.fingerprint(new String(state.bytes(), StandardCharsets.UTF_8));
    }

    private static List<String> handles(String url) {
        List<String> handles = new ArrayList<>(List.of(url));
        try {
            String path = URI.create(url).getPath();
            if (path != null && !path.isEmpty()) {
                handles.add(path);
            }
        } catch (IllegalArgumentException e) {
            return handles;
        }
        return handles;
    }
}
