package dev.sweepback.sandbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One flag with all that its server keeps about it. */
final class UnleashFlag {

    record Tag(String type, String value) {}

    /** The parent that a flag depends on. */
    record Parent(String feature, boolean enabled, List<String> variants) {}

    /** A strategy is kept as the JSON that every answer shows. */
    static final class Environment {
        final List<ObjectNode> strategies = new ArrayList<>();
        ArrayNode variants = Json.array();
        boolean enabled;
        int yes;
        int no;

        @Nullable
        Instant lastSeenAt;

        boolean hasEnabledStrategy() {
            return strategies.stream().anyMatch(strategy -> !Json.flag(strategy, "disabled", false));
        }

        int nextSortOrder() {
            return strategies.stream()
                            .mapToInt(strategy -> Json.number(strategy, "sortOrder", 0))
                            .max()
                            .orElse(-1)
                    + 1;
        }

        List<ObjectNode> sorted() {
            return strategies.stream()
                    .sorted(Comparator.comparingInt(strategy -> Json.number(strategy, "sortOrder", 0)))
                    .toList();
        }
    }

    final String name;
    final String project;
    final Map<String, Environment> environments = new LinkedHashMap<>();
    final List<Tag> tags = new ArrayList<>();
    final ArrayNode links = Json.array();
    String type = "release";

    @Nullable
    String description;

    boolean stale;
    boolean impressionData;
    Instant createdAt;

    @Nullable
    Instant archivedAt;

    @Nullable
    Instant lastSeenAt;

    @Nullable
    Parent parent;

    String stage = "initial";
    /** What became of a flag that is completed: kept, discarded, archived. */
    @Nullable
    String verdict;

    Instant stageEnteredAt;

    UnleashFlag(String name, String project, Instant createdAt) {
        this.name = name;
        this.project = project;
        this.createdAt = createdAt;
        this.stageEnteredAt = createdAt;
        environments.put("development", new Environment());
        environments.put("production", new Environment());
    }

    boolean archived() {
        return archivedAt != null;
    }

    Environment environment(String environmentName) {
        Environment environment = environments.get(environmentName);
        if (environment == null) {
            throw UnleashErrors.notFound(
                    "Could not find environment %s for feature: %s".formatted(environmentName, name));
        }
        return environment;
    }

    void addLink(String url, @Nullable String title) {
        links.addObject()
                .put("id", UnleashEvents.transaction())
                .put("url", url)
                .put("title", title)
                .put("feature", name);
    }

    Optional<Parent> parent() {
        return Optional.ofNullable(parent);
    }

    Optional<String> verdict() {
        return Optional.ofNullable(verdict);
    }

    void enter(String newStage, Instant at) {
        stage = newStage;
        verdict = null;
        stageEnteredAt = at;
    }

    void disableEverywhere() {
        environments.values().forEach(environment -> environment.enabled = false);
    }

    void seen(String environmentName, int yes, int no, Instant at) {
        Environment environment = environment(environmentName);
        environment.yes += yes;
        environment.no += no;
        environment.lastSeenAt = at;
        lastSeenAt = at;
        if (!archived() && stage.equals("initial")) {
            enter(environmentName.equals("production") ? "live" : "pre-live", at);
        }
    }
}
