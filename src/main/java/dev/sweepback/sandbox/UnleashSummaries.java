package dev.sweepback.sandbox;

import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** The sentence that a search adds to each event (recordings: events-search-type, -addon, -deleted). */
record UnleashSummaries(String url) {

    private static final Map<String, String> LABELS = Map.of(
            "feature-archived", "Flag archived",
            "feature-revived", "Flag revived",
            "feature-created", "Flag created",
            "feature-deleted", "Flag deleted",
            "addon-config-created", "Integration configuration created",
            "addon-config-updated", "Integration configuration updated",
            "addon-config-deleted", "Integration configuration deleted");

    ObjectNode shown(ObjectNode event) {
        String type = Json.text(event, "type", "");
        return event.deepCopy().put("label", LABELS.getOrDefault(type, type)).put("summary", summary(type, event));
    }

    private String summary(String type, ObjectNode event) {
        String flag = Json.text(event, "featureName", "");
        String project = Json.text(event, "project", "");
        String place = "%s/projects/%s".formatted(url, project);
        String linked = "**[%s](%s/features/%s)**".formatted(flag, place, flag);
        String inProject = " in project **[%s](%s)**".formatted(project, place);
        return "**admin** "
                + switch (type) {
                    case "feature-archived" -> "archived **%s**".formatted(flag) + inProject;
                    case "feature-revived" -> "revived " + linked + inProject;
                    case "feature-created" -> "created " + linked + inProject;
                    case "feature-deleted" -> "deleted **%s**".formatted(flag) + inProject;
                    case "addon-config-created" -> "created a new **webhook** integration configuration";
                    case "addon-config-updated" -> "updated a **webhook** integration configuration";
                    case "addon-config-deleted" -> "deleted a **webhook** integration configuration";
                    default -> "triggered **%s**".formatted(type);
                };
    }
}
