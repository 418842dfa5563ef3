package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.State;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A key of an engine of version 2, by its metadata (recording {@code kv2-metadata-200}). No value of it is ever read: deleting
 * versions keeps their values, and undeleting brings them back.
 *
 * @param metadata as Vault gives it, for the comparison
 */
record KvVersioned(
        KvPath path,
        Instant createdAt,
        Instant updatedAt,
        long currentVersion,
        long deleteVersionAfter,
        Map<String, String> customMetadata,
        Map<Integer, Version> versions,
        ObjectNode metadata)
        implements KvKey {

    /** In the state: the metadata. */
    static final String METADATA = "metadata";

    /**
     * @param endsAt when it was deleted, or will delete itself; empty if neither
     */
    record Version(Optional<Instant> endsAt, boolean destroyed) {
        boolean live(Instant at) {
            return !destroyed && endsAt.map(at::isBefore).orElse(true);
        }
    }

    KvVersioned {
        customMetadata = Map.copyOf(customMetadata);
        versions = new TreeMap<>(versions);
    }

    /** @throws Answered.Malformed if the data is not the metadata of a key */
    static KvVersioned from(KvPath path, Answered data) {
        if (!(data.whole() instanceof ObjectNode metadata)) {
            throw new Answered.Malformed("metadata");
        }
        return new KvVersioned(
                path,
                data.time("created_time"),
                data.time("updated_time"),
                data.number("current_version"),
                GoDuration.seconds(data.text("delete_version_after"))
                        .orElseThrow(() -> new Answered.Malformed("delete_version_after")),
                data.textMap("custom_metadata"),
                versions(metadata),
                metadata);
    }

    /** The versions in such metadata, also in a snapshot. */
    static Map<Integer, Version> versions(JsonNode metadata) {
        Map<Integer, Version> versions = new TreeMap<>();
        for (Map.Entry<String, JsonNode> version : metadata.path("versions").properties()) {
            try {
                versions.put(Integer.valueOf(version.getKey()), version(version.getValue()));
            } catch (NumberFormatException | DateTimeException e) {
                throw new Answered.Malformed("versions");
            }
        }
        return versions;
    }

    private static Version version(JsonNode version) {
        if (!version.path("deletion_time").isString()
                || !version.path("destroyed").isBoolean()) {
            throw new Answered.Malformed("versions");
        }
        String end = version.path("deletion_time").asString();
        return new Version(
                end.isEmpty()
                        ? Optional.empty()
                        : Optional.of(OffsetDateTime.parse(end).toInstant()),
                version.path("destroyed").asBoolean());
    }

    private List<Map.Entry<Integer, Version>> liveVersions(Instant at) {
        return versions.entrySet().stream()
                .filter(version -> version.getValue().live(at))
                .toList();
    }

    @Override
    public boolean live(Instant at) {
        return !liveVersions(at).isEmpty();
    }

    @Override
    public Map<String, Object> fields(Instant at) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("path", path.toString());
        fields.put("mount", path.mount().path());
        fields.put("engine", 2L);
        fields.put("currentVersion", currentVersion);
        fields.put(
                "versions",
                liveVersions(at).stream()
                        .map(version -> version.getKey().toString())
                        .toList());
        fields.put("createdAt", createdAt);
        fields.put("updatedAt", updatedAt);
        liveVersions(at).stream()
                .flatMap(version -> version.getValue().endsAt().stream())
                .min(Instant::compareTo)
                .ifPresent(end -> fields.put("expiresAt", end));
        fields.put("deleteVersionAfter", deleteVersionAfter);
        fields.put("customMetadata", customMetadata);
        return fields;
    }

    @Override
    public String fingerprint(Redaction redaction) {
        return Fingerprint.of(path.toString(), new String(state().bytes(), StandardCharsets.UTF_8));
    }

    /** All of the metadata but when it was last written; what a later Vault adds to it is compared, too. */
    @Override
    public State state() {
        ObjectNode content = JsonNodeFactory.instance.objectNode();
        content.put(ENGINE, 2).put("path", path.toString());
        content.set(METADATA, metadata.deepCopy().without(List.of("updated_time")));
        return State.of(content);
    }
}
