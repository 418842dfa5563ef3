package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.hook.HookAddress;
import dev.sweepback.adapter.hook.Hooks;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Hooks as resources. A hook's address is often a credential: it is never a name. */
final class HookResources {

    private static final String TWINS =
            "another hook is the same in all but number and events: undo could not tell the two apart";

    private final String connection;
    private final Redaction redaction;

    HookResources(String connection, Redaction redaction) {
        this.connection = connection;
        this.redaction = redaction;
    }

    List<Resource> resources(List<JsonNode> hooks) {
        Map<State, Long> alike =
                hooks.stream().collect(Collectors.groupingBy(HookState::asideFromEvents, Collectors.counting()));
        return hooks.stream()
                .map(hook -> resource(
                        hook,
                        alike.getOrDefault(HookState.asideFromEvents(hook), 1L) > 1
                                ? Optional.of(TWINS)
                                : Optional.empty()))
                .toList();
    }

    Capture.Present capture(JsonNode hook) {
        return new Capture.Present(resource(hook, Optional.empty()), HookState.of(hook));
    }

    private Resource resource(JsonNode hook, Optional<String> untouchable) {
        String url = hook.path("url").asString();
        return new Resource(
                new ResourceRef("webhook", connection, Hooks.id(hook)),
                redaction.url(url),
                HookAddress.handles(url),
                fields(hook),
                redaction.fingerprint(HookState.of(hook)),
                new Use.NotTold(),
                untouchable);
    }

    private static Map<String, Object> fields(JsonNode hook) {
        List<String> events = HookState.events(hook);
        Map<String, Object> fields = new HashMap<>();
        fields.put("id", Hooks.id(hook));
        fields.put("url", hook.path("url").asString());
        fields.put("active", !events.isEmpty());
        fields.put("events", events);
        fields.put("createdAt", Hooks.createdAt(hook));
        fields.put("enableSslVerification", hook.path("enable_ssl_verification").booleanValue());
        fields.put("urlVariables", HookState.keys(hook, HookState.URL_VARIABLES));
        fields.put("customHeaders", HookState.keys(hook, HookState.CUSTOM_HEADERS));
        if (hook.path("description").isString()) {
            fields.put("description", hook.path("description").asString());
        }
        if (hook.path("alert_status").isString()) {
            fields.put("alertStatus", hook.path("alert_status").asString());
        }
        if (GitlabApi.isTime(hook.path("disabled_until"))) {
            fields.put(
                    "disabledUntil", Instant.parse(hook.path("disabled_until").asString()));
        }
        return fields;
    }
}
