package dev.sweepback.adapter.unleash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** In which order flags that depend on each other are archived and revived. */
final class Dependencies {

    private Dependencies() {}

    /**
     * Parents before their children. The flags of one generation do not depend on each other.
     *
     * @param features flags by name; {@code dependencies} is an array or keyed, each naming its parent
     */
    static List<List<String>> generations(Map<String, ? extends JsonNode> features) {
        Map<Integer, List<String>> generations = new TreeMap<>();
        features.keySet()
                .forEach(flag -> generations
                        .computeIfAbsent(ancestors(flag, features, new HashSet<>()), depth -> new ArrayList<>())
                        .add(flag));
        return List.copyOf(generations.values());
    }

    static List<List<String>> childrenFirst(Map<String, ? extends JsonNode> features) {
        List<List<String>> generations = new ArrayList<>(generations(features));
        Collections.reverse(generations);
        return generations;
    }

    private static int ancestors(String flag, Map<String, ? extends JsonNode> features, Set<String> onTheWay) {
        int most = 0;
        JsonNode feature = features.get(flag);
        if (feature == null || !onTheWay.add(flag)) {
            return most;
        }
        for (JsonNode dependency : feature.path("dependencies")) {
            String parent = dependency.path("feature").asString("");
            if (features.containsKey(parent)) {
                most = Math.max(most, 1 + ancestors(parent, features, onTheWay));
            }
        }
        onTheWay.remove(flag);
        return most;
    }
}
