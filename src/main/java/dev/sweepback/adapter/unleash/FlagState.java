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

    /** What both a live flag and the search for archived ones tell. By name, as the search learns fields of its own. */
    private static final List<String> SEEN_WHEN_ARCHIVED =
            List.of("type", "description", "project", "createdAt", "stale", "impressionData");

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

    /**
     * All that can be seen of an archived flag, for it can be changed too ({@code feature-put-archived}).
     *
     * @param feature an entry of {@code search-archived}
     * @param strategies the answers of {@code strategies-get}, by environment
     */
    static State archived(JsonNode feature, Map<String, JsonNode> strategies) {
        ObjectNode state = JsonMapper.shared().createObjectNode();
        SEEN_WHEN_ARCHIVED.forEach(name -> state.set(name, orNull(feature.path(name))));
        state.put("archived", true);
        state.set("archivedAt", orNull(feature.path("archivedAt")));
        state.set("tags", JsonMapper.shared().valueToTree(tagTexts(feature.path("tags"))));
        ObjectNode environments = state.putObject("environments");
        for (JsonNode environment : feature.path("environments")) {
            String name = environment.path("name").asString("");
            ObjectNode seen = environments.putObject(name);
            seen.put("enabled", environment.path("enabled").asBoolean(false));
            seen.put("variantCount", environment.path("variantCount").asInt(0));
            JsonNode known = strategies.getOrDefault(name, JsonMapper.shared().createArrayNode());
            seen.set("strategies", keyed(known, "id", FlagState::strategy));
        }
        return State.of(state);
    }

    /** Whether what can be seen of an archived flag is as it was while it lived. */
    static boolean isUnchanged(State live, State archived) {
        return remains(live).sameAs(remains(archived));
    }

    private static State remains(State state) {
        ObjectNode content = state.content();
        ObjectNode remains = JsonMapper.shared().createObjectNode();
        SEEN_WHEN_ARCHIVED.forEach(name -> remains.set(name, orNull(content.path(name))));
        remains.set("tags", content.path("tags"));
        ObjectNode environments = remains.putObject("enabled");
        content.path("environments")
                .properties()
                .forEach(environment -> environments.put(
                        environment.getKey(),
                        environment.getValue().path("enabled").asBoolean(false)));
        return State.of(remains);
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? JsonMapper.shared().nullNode() : node;
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
