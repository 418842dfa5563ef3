package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The lists of projects and of environments. */
final class UnleashOverviews {

    private final Clock clock;
    private final Instant startedAt;
    private final UnleashFlags flags;
    private final UnleashTokens tokens;
    private final Set<String> projects = new TreeSet<>(Set.of("default"));

    UnleashOverviews(Clock clock, UnleashFlags flags, UnleashTokens tokens) {
        this.clock = clock;
        this.flags = flags;
        this.tokens = tokens;
        startedAt = clock.instant();
    }

    void addProject(String id) {
        projects.add(id);
    }

    TwinResponse projects() {
        ObjectNode body = Json.object().put("version", 1);
        ArrayNode list = body.putArray("projects");
        for (String id : projects) {
            long count = flags.all().stream()
                    .filter(flag -> flag.project.equals(id) && !flag.archived())
                    .count();
            ObjectNode project = list.addObject();
            project.put("name", id.equals("default") ? "Default" : id).put("id", id);
            project.put("description", id.equals("default") ? "Default project" : "");
            project.put("health", 100).put("technicalDebt", 0).put("featureCount", count);
            project.put("memberCount", 0).put("createdAt", UnleashViews.time(startedAt));
            project.putNull("archivedAt").put("mode", "open");
            project.put("lastReportedFlagUsage", UnleashViews.time(clock.instant()));
            project.put("lastUpdatedAt", UnleashViews.time(clock.instant()));
            project.putArray("owners").addObject().put("ownerType", "system");
        }
        return TwinResponse.json(200, body);
    }

    TwinResponse environments() {
        ObjectNode body = Json.object().put("version", 1);
        ArrayNode list = body.putArray("environments");
        for (String name : List.of("development", "production")) {
            long enabled = flags.all().stream()
                    .filter(flag -> !flag.archived() && flag.environment(name).enabled)
                    .count();
            ObjectNode environment = list.addObject();
            environment.put("name", name).put("type", name).put("sortOrder", UnleashViews.sortOrder(name));
            environment.put("enabled", true).put("protected", false).putNull("requiredApprovals");
            environment
                    .put("projectCount", projects.size())
                    .put("apiTokenCount", tokens.countOf(name))
                    .put("enabledToggleCount", enabled);
        }
        return TwinResponse.json(200, body);
    }
}
