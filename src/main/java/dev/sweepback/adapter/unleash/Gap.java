package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a flag lacks to be as it was. The ids that Unleash gives to strategies and links are no part of it: a flag that was
 * created again has others. Of a flag in the archive neither links, parents nor what is on can be seen: they lack nothing.
 *
 * @param tags each as type:value
 * @param strategies by environment, in their order
 * @param variants by environment, where there are none at all
 * @param links each with address and title
 * @param parents as dependencies are added
 * @param off the environments that were on and are off
 * @param archived whether it lies in the archive and did not before
 * @param others the JSON pointers of what is different and not merely lacking: that is somebody's change
 */
record Gap(
        List<String> tags,
        Map<String, List<JsonNode>> strategies,
        Map<String, List<JsonNode>> variants,
        List<JsonNode> links,
        List<JsonNode> parents,
        List<String> off,
        boolean archived,
        List<String> others) {

    /** Both are there. */
    static Gap between(State before, State now) {
        return new Comparison(before, now).gap();
    }

    boolean isNothing() {
        return !archived && lacksNothing() && off.isEmpty() && links.isEmpty() && parents.isEmpty();
    }

    /** Whether all that the archive shows is as before. */
    boolean lacksNothing() {
        return others.isEmpty() && tags.isEmpty() && strategies.isEmpty() && variants.isEmpty();
    }

    private static final class Comparison {

        private final ObjectNode before;
        private final ObjectNode now;
        private final boolean wasArchived;
        private final boolean isArchived;
        private final Map<String, List<JsonNode>> strategies = new LinkedHashMap<>();
        private final Map<String, List<JsonNode>> variants = new LinkedHashMap<>();
        private final List<String> off = new ArrayList<>();
        private final List<String> others = new ArrayList<>();

        Comparison(State before, State now) {
            this.before = before.content();
            this.now = now.content();
            wasArchived = FlagState.isArchived(before);
            isArchived = FlagState.isArchived(now);
        }

        Gap gap() {
            if (wasArchived && !isArchived) {
                others.add("/archived");
            }
            rest();
            List<JsonNode> tags = lacking("/tags", FlagParts.texts(before.path("tags")), now.path("tags"));
            boolean live = !wasArchived && !isArchived;
            List<JsonNode> links = live ? lacking("/links", FlagParts.links(before), FlagParts.links(now)) : List.of();
            List<JsonNode> parents =
                    live ? lacking("/dependencies", before.path("dependencies"), now.path("dependencies")) : List.of();
            Set<String> environments = new TreeSet<>(before.path("environments").propertyNames());
            environments.addAll(now.path("environments").propertyNames());
            environments.forEach(this::environment);
            return new Gap(
                    tags.stream().map(JsonNode::asString).toList(),
                    strategies,
                    variants,
                    links,
                    parents,
                    off,
                    isArchived && !wasArchived,
                    others);
        }

        /** Whatever else is told, also what a newer server tells besides. */
        private void rest() {
            Set<String> names = new LinkedHashSet<>(FlagState.SEEN_WHEN_ARCHIVED);
            if (!wasArchived && !isArchived) {
                names.addAll(before.propertyNames());
                names.addAll(now.propertyNames());
                names.removeAll(List.of("tags", "links", "dependencies", "environments"));
            }
            names.stream()
                    .filter(name -> !before.path(name).equals(now.path(name)))
                    .forEach(name -> others.add("/" + name));
        }

        private void environment(String name) {
            String pointer = "/environments/" + name;
            JsonNode was = before.path("environments").path(name);
            JsonNode is = now.path("environments").path(name);
            if (was.isMissingNode() || is.isMissingNode()) {
                others.add(pointer);
                return;
            }
            List<JsonNode> lackingStrategies =
                    lacking(pointer + "/strategies", FlagParts.strategies(was), FlagParts.strategies(is));
            if (!lackingStrategies.isEmpty()) {
                strategies.put(name, lackingStrategies);
            }
            variants(name, was.path("variants"), is.path("variants"));
            if (!wasArchived && !isArchived) {
                enabled(
                        name,
                        was.path("enabled").asBoolean(false),
                        is.path("enabled").asBoolean(false));
            }
        }

        /** They are set all at once. */
        private void variants(String environment, JsonNode was, JsonNode is) {
            if (was.equals(is)) {
                return;
            }
            if (is.isEmpty()) {
                variants.put(environment, was.valueStream().toList());
            } else {
                others.add("/environments/" + environment + "/variants");
            }
        }

        private void enabled(String environment, boolean was, boolean is) {
            if (was && !is) {
                off.add(environment);
            } else if (!was && is) {
                others.add("/environments/" + environment + "/enabled");
            }
        }

        /** What of the first list is not in the second; what is in the second alone is somebody's. */
        private List<JsonNode> lacking(String pointer, Iterable<JsonNode> wanted, Iterable<JsonNode> there) {
            List<JsonNode> lacking = new ArrayList<>();
            wanted.forEach(lacking::add);
            for (JsonNode part : there) {
                if (!lacking.remove(part)) {
                    others.add(pointer);
                }
            }
            return lacking;
        }
    }
}
