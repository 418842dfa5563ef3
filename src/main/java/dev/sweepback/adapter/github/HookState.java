package dev.sweepback.adapter.github;

import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.State;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A hook's state: everything GitHub tells except its id, the addresses made from it, and book-keeping. Of a secret GitHub
 * tells only that there is one ({@code ********}); the mask is not kept, so that it can never be sent back.
 */
final class HookState {

    static final List<String> BOOKKEEPING = List.of("created_at", "updated_at", "last_response");

    private static final List<String> MADE_FROM_THE_ID = List.of("id", "url", "test_url", "ping_url", "deliveries_url");
    private static final String SIGNED = "signed";

    private HookState() {}

    static State of(JsonNode hook) {
        ObjectNode state = hook.deepCopy().asObject();
        state.remove(BOOKKEEPING);
        state.remove(MADE_FROM_THE_ID);
        state.set("events", JsonMapper.shared().valueToTree(events(hook)));
        state.set("config", config(hook));
        state.put(SIGNED, isSigned(hook));
        return State.of(state);
    }

    static boolean isSigned(JsonNode hook) {
        return !hook.path("config").path("secret").asString("").isEmpty();
    }

    private static boolean isSigned(State state) {
        return state.content().path(SIGNED).asBoolean(false);
    }

    static List<String> events(JsonNode hook) {
        return hook.path("events")
                .valueStream()
                .map(JsonNode::asString)
                .sorted()
                .toList();
    }

    static boolean isActive(State state) {
        return state.content().path("active").asBoolean(false);
    }

    static State withActive(State state, boolean active) {
        ObjectNode content = state.content();
        content.put("active", active);
        return State.of(content);
    }

    /** The same in all that a re-created hook can have again. */
    static boolean sameAsideFromSecret(State left, State right) {
        return withoutSecret(left).sameAs(withoutSecret(right));
    }

    /** Whether a hook that undo created is as expected, aside from its secret, which is gone. */
    static boolean isRecreated(State expected, State now) {
        return !now.isAbsent() && !expected.isAbsent() && !isSigned(now) && sameAsideFromSecret(expected, now);
    }

    /** GitHub keeps hooks apart by this: where to, in which form, for which events. */
    static String naturalKey(State state) {
        JsonNode content = state.content();
        return content.path("config").path("url").asString("")
                + ' '
                + content.path("config").path("content_type").asString("")
                + ' '
                + content.path("events");
    }

    /** The secret that a re-created hook gets: only one that had one, and only where the step names it. */
    static Optional<SecretRef> secretOf(Reversal reversal) {
        return isSigned(reversal.before()) ? reversal.instructions().secretRef() : Optional.empty();
    }

    /** Whether this hook is as the reversal would have created it. */
    static boolean isAsCreated(Reversal reversal, State now) {
        return isSigned(now) == secretOf(reversal).isPresent() && sameAsideFromSecret(now, reversal.before());
    }

    /** What creates the hook again: never a secret, never a mask. */
    static ObjectNode creation(State state) {
        ObjectNode content = state.content();
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("name", "web");
        body.set("active", content.path("active"));
        body.set("events", content.path("events"));
        body.set("config", content.path("config"));
        return body;
    }

    private static State withoutSecret(State state) {
        ObjectNode content = state.content();
        content.remove(SIGNED);
        return State.of(content);
    }

    private static ObjectNode config(JsonNode hook) {
        ObjectNode config = hook.path("config").deepCopy().asObject();
        config.remove("secret");
        // GitHub takes and gives both 0 and "0"
        config.put("insecure_ssl", config.path("insecure_ssl").asString("0"));
        return config;
    }
}
