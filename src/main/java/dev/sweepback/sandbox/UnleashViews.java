package dev.sweepback.sandbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A flag as the different addresses show it; each shows other fields (recordings: feature-get-rich, search-archived). */
final class UnleashViews {

    private static final DateTimeFormatter MILLIS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** How late the server learns of what it did. */
    private static final Duration ANNOUNCED = Duration.ofSeconds(1);

    private final Clock clock;
    private final UnleashFlags flags;

    UnleashViews(Clock clock, UnleashFlags flags) {
        this.clock = clock;
        this.flags = flags;
    }

    /** Only then may an archived flag be deleted. */
    boolean archivalIsRecorded(UnleashFlag flag) {
        return !flag.stageEnteredAt.plus(ANNOUNCED).isAfter(clock.instant());
    }

    static @Nullable String time(@Nullable Instant instant) {
        return instant == null ? null : MILLIS.format(instant);
    }

    ObjectNode full(UnleashFlag flag) {
        ObjectNode json = Json.object();
        ArrayNode environments = json.putArray("environments");
        flag.environments.forEach((name, environment) -> {
            ObjectNode entry = environments.addObject();
            entry.put("name", name).put("lastSeenAt", time(environment.lastSeenAt));
            entry.put("enabled", environment.enabled)
                    .put("yes", environment.yes)
                    .put("no", environment.no);
            entry.put("type", name).put("sortOrder", sortOrder(name));
            entry.set("strategies", copies(environment.sorted()));
        });
        json.put("name", flag.name).put("impressionData", flag.impressionData);
        json.put("description", flag.description).put("project", flag.project).put("stale", flag.stale);
        json.put("createdAt", time(flag.createdAt));
        json.set("createdBy", creator());
        json.put("type", flag.type).put("lastSeenAt", time(flag.lastSeenAt));
        json.set("variants", flag.environment("production").variants.deepCopy());
        json.put("archived", flag.archived());
        json.set("dependencies", dependencies(flag));
        json.set("children", Json.array(flags.childrenOf(flag.name)));
        json.set("lifecycle", lifecycle(flag));
        json.set("links", flag.links.deepCopy());
        json.putObject("collaborators").putArray("users").add(creator());
        return json;
    }

    /** With {@code variantEnvironments=true}: the variants of each environment, and links without the flag's name. */
    ObjectNode fullWithVariants(UnleashFlag flag) {
        ObjectNode json = full(flag);
        for (JsonNode entry : json.path("environments")) {
            List<JsonNode> variants = new ArrayList<>();
            flag.environment(Json.text(entry, "name", ""))
                    .variants
                    .forEach(variant -> variants.add(variant.deepCopy()));
            variants.sort(Comparator.comparing(variant -> Json.text(variant, "name", "")));
            ((ObjectNode) entry).set("variants", Json.nodes(variants));
        }
        json.path("links").forEach(link -> ((ObjectNode) link).remove("feature"));
        return json;
    }

    /**
     * What a search shows.
     *
     * @param which tags: a search by tag shows those alone that it asks for (recording: search-by-tag)
     */
    ObjectNode found(UnleashFlag flag, Predicate<UnleashFlag.Tag> which) {
        ObjectNode json = Json.object();
        json.put("type", flag.type).put("description", flag.description).put("project", flag.project);
        json.put("favorite", false).put("name", flag.name).put("createdAt", time(flag.createdAt));
        json.put("stale", flag.stale).put("archivedAt", time(flag.archivedAt));
        json.put("impressionData", flag.impressionData).put("lastSeenAt", time(flag.lastSeenAt));
        json.put("dependencyType", dependencyType(flag));
        ArrayNode environments = json.putArray("environments");
        flag.environments.forEach((name, environment) -> {
            ObjectNode entry = summary(name, environment);
            entry.put("yes", environment.yes).put("no", environment.no).putArray("changeRequestIds");
            environments.add(entry);
        });
        json.set("segments", Json.array(flags.segmentNames(flag)));
        json.set("createdBy", creator());
        if (!flag.archived() || archivalIsRecorded(flag)) {
            json.set("lifecycle", lifecycle(flag));
        }
        if (!flag.tags.isEmpty()) {
            json.set("tags", tags(flag, which));
        }
        return json;
    }

    ObjectNode listed(UnleashFlag flag) {
        ObjectNode json = Json.object();
        json.put("type", flag.type).put("description", flag.description).put("favorite", false);
        json.put("name", flag.name).put("createdAt", time(flag.createdAt)).put("stale", flag.stale);
        json.put("impressionData", flag.impressionData).put("lastSeenAt", time(flag.lastSeenAt));
        ArrayNode environments = json.putArray("environments");
        flag.environments.forEach((name, environment) -> environments.add(summary(name, environment)));
        if (!flag.tags.isEmpty()) {
            ArrayNode tags = json.putArray("tags");
            sortedTags(flag)
                    .forEach(tag -> tags.addObject().put("value", tag.value()).put("type", tag.type()));
        }
        return json;
    }

    static ObjectNode brief(UnleashFlag flag) {
        ObjectNode json = Json.object();
        json.put("name", flag.name).put("description", flag.description).put("type", flag.type);
        json.put("project", flag.project).put("stale", flag.stale).put("createdAt", time(flag.createdAt));
        json.putNull("lastSeenAt").put("impressionData", flag.impressionData);
        if (flag.archived()) {
            json.put("archivedAt", time(flag.archivedAt));
        }
        return json.put("archived", flag.archived());
    }

    ObjectNode dump(UnleashFlag flag) {
        ObjectNode dump = Json.object();
        dump.put("type", flag.type).put("description", flag.description).put("project", flag.project);
        dump.put("stale", flag.stale).put("impressionData", flag.impressionData).put("archived", flag.archived());
        dump.put("createdAt", time(flag.createdAt));
        dump.set(
                "tags",
                Json.array(flag.tags.stream()
                        .map(tag -> tag.type() + ":" + tag.value())
                        .sorted()
                        .toList()));
        dump.set("dependencies", dependencies(flag));
        dump.set("links", flag.links.deepCopy());
        ObjectNode bookkeeping = Json.object();
        bookkeeping.set("lifecycle", lifecycle(flag));
        bookkeeping.put("archivedAt", time(flag.archivedAt)).put("lastSeenAt", time(flag.lastSeenAt));
        ObjectNode environments = dump.putObject("environments");
        flag.environments.forEach((name, environment) -> {
            ObjectNode entry = environments.putObject(name).put("enabled", environment.enabled);
            entry.set("strategies", copies(environment.sorted()));
            entry.set("variants", environment.variants.deepCopy());
            bookkeeping
                    .putObject(name)
                    .put("lastSeenAt", time(environment.lastSeenAt))
                    .put("yes", environment.yes)
                    .put("no", environment.no);
        });
        dump.set("bookkeeping", bookkeeping);
        return dump;
    }

    /** Single strategies leave out or add fields, depending on who shows them (recording: strategies-get). */
    static ArrayNode strategies(UnleashFlag.Environment environment) {
        ArrayNode strategies = copies(environment.sorted());
        strategies.forEach(strategy -> ((ObjectNode) strategy).putNull("milestoneId"));
        return strategies;
    }

    static List<UnleashFlag.Tag> sortedTags(UnleashFlag flag) {
        return flag.tags.stream()
                .sorted(Comparator.comparing(UnleashFlag.Tag::type).thenComparing(UnleashFlag.Tag::value))
                .toList();
    }

    static ArrayNode tags(UnleashFlag flag, Predicate<UnleashFlag.Tag> which) {
        ArrayNode tags = Json.array();
        sortedTags(flag).stream()
                .filter(which)
                .forEach(tag -> tags.addObject()
                        .put("value", tag.value())
                        .put("type", tag.type())
                        .put("color", tag.type().equals("simple") ? "#FFFFFF" : null));
        return tags;
    }

    static ArrayNode dependencies(UnleashFlag flag) {
        ArrayNode dependencies = Json.array();
        flag.parent().ifPresent(parent -> {
            ObjectNode entry = dependencies.addObject();
            entry.put("feature", parent.feature()).put("enabled", parent.enabled());
            if (parent.enabled()) {
                entry.set("variants", Json.array(parent.variants()));
            }
        });
        return dependencies;
    }

    static ObjectNode lifecycle(UnleashFlag flag) {
        ObjectNode json = Json.object().put("stage", flag.stage);
        flag.verdict().ifPresent(verdict -> json.put("status", verdict));
        return json.put("enteredStageAt", time(flag.stageEnteredAt));
    }

    static int sortOrder(String environment) {
        return environment.equals("development") ? 2 : 3;
    }

    private static ObjectNode summary(String name, UnleashFlag.Environment environment) {
        return Json.object()
                .put("name", name)
                .put("enabled", environment.enabled)
                .put("type", name)
                .put("sortOrder", sortOrder(name))
                .put("variantCount", environment.variants.size())
                .put("lastSeenAt", time(environment.lastSeenAt))
                .put("hasStrategies", !environment.strategies.isEmpty())
                .put("hasEnabledStrategies", environment.hasEnabledStrategy());
    }

    private @Nullable String dependencyType(UnleashFlag flag) {
        if (flag.parent().isPresent()) {
            return "child";
        }
        return flags.childrenOf(flag.name).isEmpty() ? null : "parent";
    }

    private static ArrayNode copies(List<ObjectNode> nodes) {
        return Json.nodes(nodes.stream().map(JsonNode::deepCopy).toList());
    }

    private static ObjectNode creator() {
        return Json.object()
                .put("id", -42)
                .put("name", "Unleash Admin Token User")
                .put(
                        "imageUrl",
                        "https://gravatar.com/avatar/3dc16570162d3b0b99d893698516645520622ab41162256213fb7b04eb969d84?s=42&d=retro&r=g");
    }
}
