package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the listing, or the flag itself, tells as a resource. Both give the same fields and the same fingerprint. */
final class FlagResource {

    private FlagResource() {}

    /**
     * @param feature an entry of the search, or the flag itself
     * @throws DateTimeParseException if a time is none
     */
    static Resource of(ResourceRef ref, JsonNode feature, JsonNode tags) {
        Instant createdAt = Instant.parse(feature.path("createdAt").asString(""));
        Optional<Instant> lastSeenAt = lastSeenAt(feature);
        Map<String, Object> fields = new HashMap<>();
        fields.put("name", ref.id());
        fields.put("project", feature.path("project").asString(""));
        fields.put("type", feature.path("type").asString(""));
        fields.put("stale", feature.path("stale").asBoolean(false));
        fields.put("impressionData", feature.path("impressionData").asBoolean(false));
        fields.put("tags", FlagState.tagTexts(tags));
        fields.put("enabledIn", enabledIn(feature));
        fields.put("archived", feature.path("archivedAt").isString());
        fields.put("createdAt", createdAt);
        text(feature.path("description")).ifPresent(text -> fields.put("description", text));
        text(feature.path("createdBy").path("name")).ifPresent(text -> fields.put("createdBy", text));
        lastSeenAt.ifPresent(time -> fields.put("lastSeenAt", time));
        return new Resource(
                ref,
                ref.id(),
                List.of(),
                fields,
                fingerprint(feature, fields),
                lastSeenAt.<Use>map(Use.At::new).orElseGet(() -> new Use.NeverSince(createdAt)),
                untouchable(feature));
    }

    private static Optional<Instant> lastSeenAt(JsonNode feature) {
        return Stream.concat(Stream.of(feature), feature.path("environments").valueStream())
                .flatMap(node -> text(node.path("lastSeenAt")).stream())
                .map(Instant::parse)
                .max(Instant::compareTo);
    }

    private static List<String> enabledIn(JsonNode feature) {
        return feature.path("environments")
                .valueStream()
                .filter(environment -> environment.path("enabled").asBoolean(false))
                .map(environment -> environment.path("name").asString(""))
                .sorted()
                .toList();
    }

    private static String fingerprint(JsonNode feature, Map<String, Object> fields) {
        ObjectNode seen = JsonMapper.shared().createObjectNode();
        for (String name :
                List.of("name", "project", "type", "description", "stale", "impressionData", "tags", "enabledIn")) {
            seen.set(name, JsonMapper.shared().valueToTree(fields.get(name)));
        }
        seen.put("createdAt", String.valueOf(fields.get("createdAt")));
        seen.put("child", isChild(feature));
        for (JsonNode environment : feature.path("environments")) {
            seen.withObject("/strategies").put(environment.path("name").asString(""), strategies(environment));
        }
        return sha256(State.of(seen).bytes());
    }

    /** The search says it in one word; the flag itself lists its parents. */
    private static boolean isChild(JsonNode feature) {
        return feature.path("dependencyType").asString("").equals("child")
                || !feature.path("dependencies").isEmpty();
    }

    private static String strategies(JsonNode environment) {
        JsonNode strategies = environment.path("strategies");
        boolean some = environment.path("hasStrategies").asBoolean(!strategies.isEmpty());
        return some + "/" + hasEnabledStrategy(environment);
    }

    private static boolean hasEnabledStrategy(JsonNode environment) {
        return environment.path("hasEnabledStrategies").asBoolean(FlagState.hasEnabledStrategy(environment));
    }

    /**
     * Servers of today switch an environment off with its last enabled strategy, and add a strategy when it is switched on
     * without one; what an older server left on could not be put back.
     */
    private static Optional<String> untouchable(JsonNode feature) {
        return feature.path("environments")
                .valueStream()
                .filter(environment -> environment.path("enabled").asBoolean(false) && !hasEnabledStrategy(environment))
                .map(environment -> "on in " + environment.path("name").asString("")
                        + " without an enabled strategy, which Unleash could not bring back")
                .findFirst();
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() ? Optional.of(node.asString()) : Optional.empty();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
