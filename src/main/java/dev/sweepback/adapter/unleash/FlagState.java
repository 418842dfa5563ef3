package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.State;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A flag's state: everything the server tells except its book-keeping, so that a field it learns later is compared too.
 * Lists are keyed by their own ids, so that a difference names one strategy and not the list.
 */
final class FlagState {

    /** Written by the server itself, or belonging to somebody else: {@code children} is a part of the children. */
    static final List<String> BOOKKEEPING = List.of(
            "lifecycle", "lastSeenAt", "yes", "no", "favorite", "createdBy", "collaborators", "children", "archivedAt");

    private FlagState() {}

    /** From the answers of {@code feature-get-rich} and {@code feature-tags-get}. */
    static State live(ObjectNode feature, JsonNode tags) {
        ObjectNode state = feature.deepCopy();
        state.remove(BOOKKEEPING);
        state.remove("archived");
        state.set("environments", keyed(feature.path("environments"), "name", FlagState::environment));
        state.set("dependencies", keyed(feature.path("dependencies"), "feature", node -> node));
        state.set("links", keyed(feature.path("links"), "id", node -> node));
        state.set("tags", JsonMapper.shared().valueToTree(tagTexts(tags)));
        return State.of(state);
    }

    /** From an entry of {@code search-archived}. */
    static State archived(JsonNode feature) {
        ObjectNode state = JsonMapper.shared().createObjectNode();
        state.put("archived", true);
        state.set("archivedAt", feature.path("archivedAt"));
        return State.of(state);
    }

    static boolean isArchived(State state) {
        return !state.isAbsent() && state.content().path("archived").asBoolean(false);
    }

    static List<String> tagTexts(JsonNode tags) {
        return tags.valueStream()
                .map(tag ->
                        tag.path("type").asString("") + ":" + tag.path("value").asString(""))
                .sorted()
                .toList();
    }

    /** @param environment one of a flag, whose strategies are a list or keyed */
    static boolean hasEnabledStrategy(JsonNode environment) {
        return environment
                .path("strategies")
                .valueStream()
                .anyMatch(strategy -> !strategy.path("disabled").asBoolean(false));
    }

    private static ObjectNode environment(ObjectNode environment) {
        environment.remove(BOOKKEEPING);
        environment.set("strategies", keyed(environment.path("strategies"), "id", FlagState::strategy));
        return environment;
    }

    private static ObjectNode strategy(ObjectNode strategy) {
        JsonNode segments = strategy.path("segments");
        if (segments.isArray()) {
            strategy.set(
                    "segments",
                    JsonMapper.shared()
                            .valueToTree(segments.valueStream()
                                    .map(JsonNode::asString)
                                    .sorted()
                                    .toList()));
        }
        return strategy;
    }

    private static ObjectNode keyed(JsonNode list, String key, Function<ObjectNode, ObjectNode> content) {
        Map<String, ObjectNode> sorted = new TreeMap<>();
        for (JsonNode entry : list) {
            if (entry instanceof ObjectNode object) {
                sorted.put(object.path(key).asString(""), content.apply(object.deepCopy()));
            }
        }
        return JsonMapper.shared().valueToTree(sorted);
    }
}
