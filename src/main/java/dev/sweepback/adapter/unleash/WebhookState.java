package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.State;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A webhook's state: everything Unleash tells except its id and book-keeping. Of a hidden parameter Unleash tells only that
 * there is one; the mask is not kept, so that it can never be sent back as a value ({@code addon-recreate-from-masked}).
 */
final class WebhookState {

    static final List<String> BOOKKEEPING = List.of("createdAt");

    /** What stands for a hidden value. */
    private static final String MASK = "*****";

    private static final String MASKED = "masked";

    private WebhookState() {}

    static State of(JsonNode webhook) {
        ObjectNode state = webhook.deepCopy().asObject();
        state.remove(BOOKKEEPING);
        state.remove("id");
        ObjectNode parameters = state.path("parameters").deepCopy().asObject();
        parameters.remove(masked(webhook));
        state.set("parameters", parameters);
        state.set(MASKED, JsonMapper.shared().valueToTree(masked(webhook)));
        for (String list : List.of("events", "projects", "environments")) {
            state.set(list, JsonMapper.shared().valueToTree(sorted(webhook.path(list))));
        }
        return State.of(state);
    }

    /** The names of the hidden parameters, sorted. */
    static List<String> masked(JsonNode webhook) {
        return webhook.path("parameters").properties().stream()
                .filter(parameter -> parameter.getValue().asString("").equals(MASK))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    static List<String> masked(State state) {
        return sorted(state.content().path(MASKED));
    }

    static List<String> sorted(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).sorted().toList();
    }

    static boolean isEnabled(State state) {
        return state.content().path("enabled").asBoolean(false);
    }

    static State withEnabled(State state, boolean enabled) {
        return State.of(state.content().put("enabled", enabled));
    }

    /** The same in all but whether it delivers. */
    static boolean isAlike(State left, State right) {
        return withEnabled(left, false).sameAs(withEnabled(right, false));
    }

    /**
     * What changes the webhook: sent with the mask, hidden values stay ({@code addon-update-disable-masked}).
     *
     * @param webhook as Unleash has just told it
     */
    static ObjectNode update(JsonNode webhook, boolean enabled) {
        ObjectNode body = webhook.deepCopy().asObject();
        body.remove(BOOKKEEPING);
        body.remove("id");
        return body.put("enabled", enabled);
    }

    /** What creates it again. */
    static ObjectNode creation(State state, ObjectNode hidden) {
        ObjectNode body = state.content();
        body.remove(MASKED);
        body.withObject("parameters").setAll(hidden);
        return body;
    }
}
