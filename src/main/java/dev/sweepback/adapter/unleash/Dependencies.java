package dev.sweepback.adapter.unleash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** In which order flags that depend on each other are archived and revived. */
final class Dependencies {

    private Dependencies() {}

    /** @param features flags by name, as the server lists them: {@code dependencies} is an array */
    static List<String> childrenFirst(Map<String, ? extends JsonNode> features) {
        List<String> order = new ArrayList<>(parentsFirst(features));
        Collections.reverse(order);
        return order;
    }

    /** @param features flags by name; {@code dependencies} is an array or keyed, each naming its parent */
    static List<String> parentsFirst(Map<String, ? extends JsonNode> features) {
        Set<String> ordered = new LinkedHashSet<>();
        features.keySet().forEach(flag -> visit(flag, features, ordered, new HashSet<>()));
        return List.copyOf(ordered);
    }

    private static void visit(
            String flag, Map<String, ? extends JsonNode> features, Set<String> ordered, Set<String> onTheWay) {
        JsonNode feature = features.get(flag);
        if (feature == null || ordered.contains(flag) || !onTheWay.add(flag)) {
            return;
        }
        for (JsonNode dependency : feature.path("dependencies")) {
            visit(dependency.path("feature").asString(""), features, ordered, onTheWay);
        }
        ordered.add(flag);
    }
}
