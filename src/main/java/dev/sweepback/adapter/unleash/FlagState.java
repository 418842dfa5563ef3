package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.State;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
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
    static final List<String> SEEN_WHEN_ARCHIVED =
            List.of("type", "description", "project", "createdAt", "stale", "impressionData");

    private FlagState() {}

    /**
     * From the answers of {@code feature-get-rich} and {@code feature-tags-get}. The flag's own {@code variants} are those of its
     * environments once more, mixed, in no certain order.
     */
    static State live(ObjectNode feature, JsonNode tags) {
        ObjectNode state = feature.deepCopy();
        state.remove(BOOKKEEPING);
        state.remove(List.of("archived", "variants"));
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
     * @param variants those of the answers of {@code environment-variants-get}, by environment
     */
    static State archived(JsonNode feature, Map<String, JsonNode> strategies, Map<String, JsonNode> variants) {
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
            seen.set("strategies", keyed(of(strategies, name), "id", FlagState::strategy));
            seen.set("variants", keyed(of(variants, name), "name", node -> node));
        }
        return State.of(state);
    }

    private static JsonNode of(Map<String, JsonNode> lists, String environment) {
        return lists.getOrDefault(environment, JsonMapper.shared().createArrayNode());
    }

    /** Whether the archive still shows the same environments as on as there were while it lived. */
    static boolean sameEnvironmentsOn(State live, State archived) {
        return enabledIn(live).equals(enabledIn(archived));
    }

    static List<String> enabledIn(State state) {
        return state.content().path("environments").properties().stream()
                .filter(environment -> environment.getValue().path("enabled").asBoolean(false))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the step names an environment that the flag has, or none. */
    static boolean hasEnvironment(State state, Instructions instructions) {
        return instructions
                .scope()
                .get(UnleashFlags.ENVIRONMENT)
                .map(name -> state.content().path("environments").has(name))
                .orElse(true);
    }

    /** The environments that are on and that the step means: the one that it names, else all. */
    static List<String> toSwitchOff(State before, Instructions instructions) {
        List<String> on = enabledIn(before);
        return instructions
                .scope()
                .get(UnleashFlags.ENVIRONMENT)
                .map(name -> on.stream().filter(name::equals).toList())
                .orElse(on);
    }

    /** The same flag with these environments off. */
    static State withOff(State state, Collection<String> environments) {
        ObjectNode content = state.content();
        environments.forEach(
                name -> content.withObject("/environments").withObject(name).put("enabled", false));
        return State.of(content);
    }

    static State withStale(State state, boolean stale) {
        return State.of(state.content().put("stale", stale));
    }

    private static JsonNode orNull(JsonNode node) {
        return node.isMissingNode() ? JsonMapper.shared().nullNode() : node;
    }

    static boolean isArchived(State state) {
        return !state.isAbsent() && state.content().path("archived").asBoolean(false);
    }

    /** When it was archived; long ago, where that is not told. */
    static Instant archivedAt(State archived) {
        return time(archived.content().path("archivedAt"));
    }

    static Instant time(JsonNode time) {
        try {
            return Instant.parse(time.asString(""));
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
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
        environment.set("variants", keyed(environment.path("variants"), "name", node -> node));
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
