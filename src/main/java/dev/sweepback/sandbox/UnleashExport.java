package dev.sweepback.sandbox;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code features-batch/export}: many flags, one environment (recording: features-export). */
final class UnleashExport {

    private final UnleashFlags flags;

    UnleashExport(UnleashFlags flags) {
        this.flags = flags;
    }

    TwinResponse export(Call call) {
        ObjectNode request = call.body();
        String environment = Json.text(request, "environment", "production");
        List<UnleashFlag> wanted = Json.strings(request.path("features")).stream()
                .flatMap(name -> flags.find(name).stream())
                .filter(flag -> !flag.archived())
                .toList();
        ObjectNode body = Json.object();
        ArrayNode features = body.putArray("features");
        ArrayNode strategies = body.putArray("featureStrategies");
        ArrayNode environments = body.putArray("featureEnvironments");
        body.putArray("contextFields");
        ArrayNode tags = body.putArray("featureTags");
        body.putArray("segments");
        body.putArray("tagTypes");
        ArrayNode dependencies = body.putArray("dependencies");
        ArrayNode links = body.putArray("links");
        for (UnleashFlag flag : wanted) {
            features.add(feature(flag));
            UnleashFlag.Environment shown = flag.environment(environment);
            shown.sorted().forEach(strategy -> strategies.add(strategy(flag, strategy)));
            environments.add(environment(flag, environment, shown));
            UnleashViews.sortedTags(flag)
                    .forEach(tag -> tags.addObject()
                            .put("featureName", flag.name)
                            .put("tagType", tag.type())
                            .put("tagValue", tag.value()));
            if (flag.parent().isPresent()) {
                dependencies.addObject().put("feature", flag.name).set("dependencies", UnleashViews.dependencies(flag));
            }
            if (!flag.links.isEmpty()) {
                ArrayNode shownLinks =
                        links.addObject().put("feature", flag.name).putArray("links");
                flag.links.forEach(link -> shownLinks.add(((ObjectNode) link.deepCopy()).without("feature")));
            }
        }
        return TwinResponse.json(200, body);
    }

    private static ObjectNode feature(UnleashFlag flag) {
        return Json.object()
                .put("name", flag.name)
                .put("description", flag.description)
                .put("type", flag.type)
                .put("project", flag.project)
                .put("stale", flag.stale)
                .put("impressionData", flag.impressionData)
                .put("archived", false);
    }

    private static ObjectNode strategy(UnleashFlag flag, JsonNode strategy) {
        ObjectNode exported = (ObjectNode) strategy.deepCopy();
        exported.remove("sortOrder");
        return exported.put("featureName", flag.name);
    }

    private static ObjectNode environment(UnleashFlag flag, String name, UnleashFlag.Environment environment) {
        ObjectNode exported = Json.object();
        exported.put("enabled", environment.enabled).put("featureName", flag.name);
        exported.put("environment", name).set("variants", environment.variants.deepCopy());
        return exported.put("name", flag.name);
    }
}
