package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** All flags and what happens to them when they are archived, revived, switched or removed for good. */
final class UnleashFlags {

    private final Clock clock;
    private final UnleashEvents events;
    private final Map<String, UnleashFlag> flags = new TreeMap<>();
    private final Map<String, Set<String>> children = new TreeMap<>();
    private final Map<Integer, String> segments = new TreeMap<>();
    private final Set<String> tagTypes = new TreeSet<>(Set.of("simple"));

    UnleashFlags(Clock clock, UnleashEvents events) {
        this.clock = clock;
        this.events = events;
    }

    Collection<UnleashFlag> all() {
        return flags.values();
    }

    int addSegment(String name) {
        int id = segments.size() + 1;
        segments.put(id, name);
        return id;
    }

    Set<String> tagTypes() {
        return tagTypes;
    }

    void requireTagType(String type) {
        if (!tagTypes.contains(type)) {
            throw UnleashErrors.badTagType(type);
        }
    }

    Set<String> segmentNames(UnleashFlag flag) {
        Set<String> names = new LinkedHashSet<>();
        for (UnleashFlag.Environment environment : flag.environments.values()) {
            for (JsonNode strategy : environment.strategies) {
                for (JsonNode segment : strategy.path("segments")) {
                    names.add(segments.getOrDefault(segment.asInt(0), "segment-" + segment.asInt(0)));
                }
            }
        }
        return names;
    }

    Set<String> childrenOf(String parent) {
        return children.getOrDefault(parent, Set.of());
    }

    UnleashFlag create(String project, String name) {
        UnleashFlag existing = flags.get(name);
        if (existing != null) {
            throw UnleashErrors.exists(existing.archived());
        }
        UnleashFlag flag = new UnleashFlag(name, project, clock.instant());
        flags.put(name, flag);
        return flag;
    }

    /** Once all that was asked for is in it. */
    void created(UnleashFlag flag) {
        events.add("feature-created", flag, null, UnleashEvents.transaction(), UnleashViews.brief(flag));
    }

    Optional<UnleashFlag> find(String name) {
        return Optional.ofNullable(flags.get(name));
    }

    /** The flag, archived or not, or the server's three ways of saying that it is not there. */
    UnleashFlag require(String project, String name) {
        UnleashFlag flag = flags.get(name);
        if (flag == null) {
            throw UnleashErrors.notFound("There's no feature named \"%s\" in project \"%s\".".formatted(name, project));
        }
        if (!flag.project.equals(project)) {
            throw UnleashErrors.notFound(
                    "There's no feature named \"%s\" in project \"%s\", but there's a feature with that name in project \"%s\""
                            .formatted(name, project, flag.project));
        }
        return flag;
    }

    UnleashFlag requireLive(String project, String name) {
        UnleashFlag flag = require(project, name);
        if (flag.archived()) {
            throw UnleashErrors.notFound("Could not find feature flag with name " + name);
        }
        return flag;
    }

    /** Not idempotent: a flag that is archived already is stamped again (recording: feature-archive-again). */
    void archiveOne(String project, String name) {
        if (!flags.containsKey(name)) {
            throw UnleashErrors.noFlagFound();
        }
        UnleashFlag flag = require(project, name);
        if (!childrenOf(name).isEmpty()) {
            throw UnleashErrors.refusedByRule(
                    "You can not archive/delete this feature since other features depend on it.");
        }
        archive(flag, UnleashEvents.transaction());
    }

    /** Unknown names are ignored (recording: batch-archive-unknown). */
    void archiveMany(String project, List<String> names) {
        Set<String> together = new LinkedHashSet<>(names);
        for (String name : together) {
            UnleashFlag flag = flags.get(name);
            if (flag != null && !flag.project.equals(project)) {
                throw UnleashErrors.refusedByRule(
                        "The operation could not be completed. The features exist, but the provided project ids (\"%s\") does not match the project provided in request URL (\"%s\")."
                                .formatted(flag.project, project));
            }
        }
        for (String name : together) {
            if (!together.containsAll(childrenOf(name))) {
                throw UnleashErrors.refusedByRule(
                        together.size() == 1
                                ? "You can not archive/delete this feature since other features depend on it."
                                : "You can not archive/delete those features since other features depend on them.");
            }
        }
        String transaction = UnleashEvents.transaction();
        together.forEach(name -> find(name).ifPresent(flag -> archive(flag, transaction)));
    }

    Set<String> parentsWithChildrenOutside(List<String> names) {
        Set<String> parents = new TreeSet<>();
        for (String name : names) {
            if (!names.containsAll(childrenOf(name))) {
                parents.add(name);
            }
        }
        return parents;
    }

    private void archive(UnleashFlag flag, String transaction) {
        if (flag.parent().isPresent()) {
            removeParent(flag);
            events.add("feature-dependencies-removed", flag, null, transaction);
        }
        Instant now = clock.instant();
        flag.archivedAt = now;
        flag.enter("archived", now);
        events.add("feature-archived", flag, null, transaction);
    }

    /** Switches every environment off, also those of a live flag (recording: feature-revive-on-live-flag). */
    void reviveOne(String name) {
        UnleashFlag flag = find(name).orElseThrow(UnleashErrors::noFlagFound);
        revive(flag, UnleashEvents.transaction());
    }

    /** Live and unknown flags are skipped (recording: batch-revive-mixed). */
    void reviveMany(String project, List<String> names) {
        String transaction = UnleashEvents.transaction();
        for (String name : new LinkedHashSet<>(names)) {
            find(name)
                    .filter(flag -> flag.archived() && flag.project.equals(project))
                    .ifPresent(flag -> revive(flag, transaction));
        }
    }

    private void revive(UnleashFlag flag, String transaction) {
        flag.archivedAt = null;
        flag.disableEverywhere();
        flag.stageEnteredAt = clock.instant();
        events.add("feature-revived", flag, null, transaction);
    }

    /** Only archived flags go; for a live one the server still says 200 and writes an event. */
    void removeForGood(UnleashFlag flag) {
        if (flag.archived()) {
            flags.remove(flag.name);
        }
        events.addDeleted(flag, UnleashViews.brief(flag));
    }

    void setParent(UnleashFlag flag, UnleashFlag.Parent parent) {
        if (find(parent.feature()).filter(known -> !known.archived()).isEmpty()) {
            throw UnleashErrors.refusedByRule("No active feature %s exists".formatted(parent.feature()));
        }
        removeParent(flag);
        flag.parent = parent;
        children.computeIfAbsent(parent.feature(), unused -> new TreeSet<>()).add(flag.name);
        events.add(
                "feature-dependency-added",
                flag,
                null,
                UnleashEvents.transaction(),
                Json.object().put("feature", parent.feature()).put("enabled", parent.enabled()));
    }

    void removeParent(UnleashFlag flag) {
        flag.parent().ifPresent(parent -> {
            Set<String> siblings = children.getOrDefault(parent.feature(), new TreeSet<>());
            siblings.remove(flag.name);
            if (siblings.isEmpty()) {
                children.remove(parent.feature());
            }
        });
        flag.parent = null;
    }
}
