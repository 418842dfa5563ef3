package dev.sweepback.adapter.gitlab;

import dev.sweepback.connector.State;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A hook's state: everything GitLab tells except its id and book-keeping. Of variables and headers GitLab tells the keys alone,
 * and only those are kept; of a token it does not even tell that there is one.
 */
final class HookState {

    static final List<String> BOOKKEEPING = List.of("created_at", "alert_status", "disabled_until");
    static final String URL_VARIABLES = "url_variables";
    static final String CUSTOM_HEADERS = "custom_headers";

    private static final List<String> UNREADABLE = List.of(URL_VARIABLES, CUSTOM_HEADERS);
    private static final List<String> CREATED_WITH = List.of(
            "name",
            "description",
            "enable_ssl_verification",
            "push_events_branch_filter",
            "branch_filter_strategy",
            "custom_webhook_template");
    private static final String EVENTS = "_events";

    private HookState() {}

    static State of(JsonNode hook) {
        ObjectNode state = hook.deepCopy().asObject();
        state.remove("id");
        state.remove("token");
        state.remove(BOOKKEEPING);
        UNREADABLE.forEach(name -> state.set(name, JsonMapper.shared().valueToTree(keys(hook, name))));
        return State.of(state);
    }

    /** The keys of what GitLab does not show, sorted. */
    static List<String> keys(JsonNode hook, String name) {
        return hook.path(name)
                .valueStream()
                .map(entry -> entry.path("key").asString(""))
                .sorted()
                .toList();
    }

    /** What it delivers, in GitLab's words without their ending. */
    static List<String> events(JsonNode hook) {
        return hook.propertyStream()
                .filter(entry -> isEvent(entry.getKey()) && entry.getValue().asBoolean(false))
                .map(entry -> entry.getKey().substring(0, entry.getKey().length() - EVENTS.length()))
                .sorted()
                .toList();
    }

    private static boolean isEvent(String name) {
        return name.endsWith(EVENTS);
    }

    /** GitLab has no switch: a hook that delivers nothing is disabled. */
    static State disabled(State state) {
        ObjectNode content = state.content();
        eventNames(content).forEach(name -> content.put(name, false));
        return State.of(content);
    }

    private static List<String> eventNames(ObjectNode content) {
        return content.propertyStream()
                .filter(entry -> isEvent(entry.getKey()) && entry.getValue().isBoolean())
                .map(entry -> entry.getKey())
                .toList();
    }

    /** What brings a hook of the same address to the events of this state. A change must name the address. */
    static ObjectNode change(State state) {
        ObjectNode content = state.content();
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.set("url", content.path("url"));
        eventNames(content).forEach(name -> body.set(name, content.path(name)));
        return body;
    }

    /**
     * What creates the hook again: all events, as GitLab switches one on by itself, and what its documentation takes besides. A
     * token is not among it, nor what GitLab may come to show masked.
     */
    static ObjectNode creation(State state) {
        ObjectNode body = change(state);
        JsonNode content = state.content();
        CREATED_WITH.stream().filter(content::hasNonNull).forEach(name -> body.set(name, content.path(name)));
        return body;
    }

    /** Whether it cannot be created again: its address has a place for what GitLab does not tell. */
    static boolean needsVariables(State state) {
        return !state.content().path(URL_VARIABLES).isEmpty();
    }

    /** The same in all that a re-created hook can have again. */
    private static boolean sameAsideFromUnreadable(State left, State right) {
        return without(left, UNREADABLE).sameAs(without(right, UNREADABLE));
    }

    /** Whether a hook that undo created is as expected, aside from its headers, which are gone. */
    static boolean isRecreated(State expected, State now) {
        return !now.isAbsent() && !expected.isAbsent() && isAsCreated(expected, now);
    }

    /** Whether this hook is as the reversal to that state would have created it. */
    static boolean isAsCreated(State before, State hook) {
        JsonNode content = hook.content();
        return content.path(URL_VARIABLES).isEmpty()
                && content.path(CUSTOM_HEADERS).isEmpty()
                && sameAsideFromUnreadable(before, hook);
    }

    /**
     * Whether another hook stands where the one from before would be created: it is what undo creates, or delivers the same to
     * the same address. One that delivers nothing stands in nobody's place.
     */
    static boolean standsFor(State before, State other) {
        return isAsCreated(before, other)
                || (!events(before).isEmpty() && naturalKey(before).equals(naturalKey(other)));
    }

    private static List<String> events(State state) {
        return events(state.content());
    }

    private static String naturalKey(State state) {
        return state.content().path("url").asString("") + ' ' + events(state);
    }

    /** What is left of a hook when events and number are not looked at. */
    static State asideFromEvents(JsonNode hook) {
        ObjectNode content = of(hook).content();
        content.remove(eventNames(content));
        return State.of(content);
    }

    private static State without(State state, List<String> names) {
        ObjectNode content = state.content();
        content.remove(names);
        return State.of(content);
    }
}
