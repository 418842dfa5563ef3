package dev.sweepback.run;

import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One thing of a {@link FakeSystem}; {@link FakeThings} guards it. */
final class FakeThing {

    String group = "";
    String value = "first";
    boolean enabled = true;
    boolean archived;
    Optional<String> origin = Optional.empty();
    Use use = new Use.NotTold();
    Optional<String> untouchable = Optional.empty();
    Optional<String> collateral = Optional.empty();
    Optional<Use> usedWhenAsked = Optional.empty();

    State state() {
        ObjectNode content = JsonMapper.shared().createObjectNode();
        return State.of(content.put("group", group)
                .put("value", value)
                .put("enabled", enabled)
                .put("archived", archived));
    }

    void become(State state) {
        ObjectNode content = state.content();
        group = content.path("group").asString();
        value = content.path("value").asString();
        enabled = content.path("enabled").asBoolean();
        archived = content.path("archived").asBoolean();
    }

    Resource resource(ResourceRef ref) {
        return new Resource(
                ref,
                ref.id(),
                List.of(),
                Map.of("group", group),
                value + enabled,
                use,
                untouchable,
                collateral.map(other -> "may take along " + other));
    }

    String status() {
        return archived ? "archived" : enabled ? "live" : "disabled";
    }
}
