package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Flags as resources. An entry of the list and the flag itself give the same fields and the same fingerprint. */
final class FlagResources {

    private final String connection;

    FlagResources(String connection) {
        this.connection = connection;
    }

    Capture.Present capture(JsonNode flag) {
        return new Capture.Present(resource(flag), FlagState.of(flag));
    }

    Resource resource(JsonNode flag) {
        String key = flag.path("key").asString();
        Map<String, Object> fields = new HashMap<>();
        fields.put("key", key);
        fields.put("name", flag.path("name").asString());
        fields.put("kind", flag.path("kind").asString());
        fields.put("tags", FlagState.tags(flag));
        fields.put("temporary", flag.path("temporary").booleanValue());
        fields.put("archived", flag.path("archived").booleanValue());
        fields.put("createdAt", Instant.ofEpochMilli(flag.path("creationDate").longValue()));
        text(flag.path("description")).ifPresent(text -> fields.put("description", text));
        maintainer(flag).ifPresent(text -> fields.put("maintainer", text));
        if (flag.path("deprecated").isBoolean()) {
            fields.put("deprecated", flag.path("deprecated").booleanValue());
        }
        return new Resource(
                new ResourceRef("flag", connection, key),
                flag.path("name").asString(),
                List.of(),
                fields,
                fingerprint(flag),
                new Use.NotTold(),
                Optional.empty());
    }

    private static Optional<String> maintainer(JsonNode flag) {
        return Stream.of(
                        flag.path("_maintainer").path("email"),
                        flag.path("maintainerTeamKey"),
                        flag.path("maintainerId"))
                .flatMap(node -> text(node).stream())
                .findFirst();
    }

    /**
     * The version tells of every change of the flag that LaunchDarkly counts, of its targeting too, which the list does not show;
     * the rest is what both show of the flag itself.
     */
    private static String fingerprint(JsonNode flag) {
        ObjectNode seen = JsonMapper.shared().createObjectNode();
        for (String name :
                List.of("key", "name", "kind", "description", "temporary", "archived", "creationDate", "_version")) {
            seen.put(name, flag.path(name).asString(""));
        }
        seen.set("tags", JsonMapper.shared().valueToTree(FlagState.tags(flag)));
        return sha256(State.of(seen).bytes());
    }

    private static Optional<String> text(JsonNode node) {
        return node.isString() && !node.asString().isBlank() ? Optional.of(node.asString()) : Optional.empty();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
