package dev.sweepback.adapter.unleash;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The parts of a flag's state without the ids that Unleash gives them: as a request adds them, and as they compare. */
final class FlagParts {

    private FlagParts() {}

    static List<JsonNode> texts(JsonNode list) {
        return list.valueStream().toList();
    }

    /** @param flag the content of a state */
    static List<JsonNode> links(JsonNode flag) {
        return flag.path("links")
                .valueStream()
                .map(link -> without(link, field -> List.of("id", "feature").contains(field.getKey())))
                .toList();
    }

    /**
     * The strategies of one environment, in their order. What is not set is told in other ways by each address ({@code
     * strategies-get} has a {@code milestoneId} besides): it is left out.
     */
    static List<JsonNode> strategies(JsonNode environment) {
        return environment
                .path("strategies")
                .valueStream()
                .sorted(Comparator.comparingInt(
                        strategy -> strategy.path("sortOrder").asInt(0)))
                .map(strategy -> without(strategy, field -> field.getKey().equals("id") || isUnset(field.getValue())))
                .toList();
    }

    private static boolean isUnset(JsonNode value) {
        return value.isNull() || (value.isContainer() && value.isEmpty()) || (value.isBoolean() && !value.asBoolean());
    }

    private static JsonNode without(JsonNode node, Predicate<Map.Entry<String, JsonNode>> unwanted) {
        ObjectNode rest = node.deepCopy().asObject();
        List<String> names = node.properties().stream()
                .filter(unwanted)
                .map(Map.Entry::getKey)
                .toList();
        rest.remove(names);
        return rest;
    }
}
