package dev.sweepback.upgrade.parcel;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.upgrade.Reboot;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads {@code manifest.json}: strict JSON in UTF-8, held against {@link ManifestForm}, then against what a table cannot say. */
final class ManifestReader {

    private static final int DEEPEST = 10;

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final Spelling spelling;

    ManifestReader(Spelling spelling) {
        this.spelling = spelling;
    }

    /** @throws PackageRefused if it is no manifest */
    Manifest read(byte[] bytes) {
        JsonNode root = parsed(bytes);
        new FormCheck(spelling).complaint("", root, ManifestForm.MANIFEST).ifPresent(complaint -> {
            throw invalid(complaint);
        });
        Manifest manifest = new Manifest(
                root.path("name").asString(),
                root.path("version").asString(),
                date(root.path("date").asString()),
                files(root.path("files")),
                Reboot.of(root.path("reboot").asString()),
                Optional.ofNullable(root.get("downtime")).map(node -> downtime(node.asString())),
                versions(root.path("dependencies")),
                versions(root.path("compatible")),
                temporary(root.path("temporary")));
        ManifestRules.check(manifest);
        return manifest;
    }

    private static JsonNode parsed(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return JSON.readTree(text);
        } catch (CharacterCodingException e) {
            throw invalid("it is not written in UTF-8");
        } catch (StreamConstraintsException e) {
            throw invalid("it is nested, or has names or numbers, beyond all measure");
        } catch (JacksonException e) {
            // What the library adds in brackets is about itself.
            throw invalid("it is no JSON: "
                    + Shown.text(
                            e.getOriginalMessage().replaceFirst("\\(.*", "").strip()) + place(e));
        }
    }

    private static String place(JacksonException error) {
        return error.getLocation() == null
                ? ""
                : " (line " + error.getLocation().getLineNr() + ", column "
                        + error.getLocation().getColumnNr() + ")";
    }

    private static Instant date(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid("/date is " + Shown.quoted(text) + ", which is no time");
        }
    }

    private Duration downtime(String text) {
        try {
            return spelling.duration(text);
        } catch (IllegalArgumentException e) {
            throw invalid("/downtime: " + Shown.text(String.valueOf(e.getMessage())));
        }
    }

    private static List<ListedFile> files(JsonNode array) {
        List<ListedFile> files = new ArrayList<>();
        array.forEach(node -> files.add(new ListedFile(
                node.path("path").asString(),
                node.path("sha256").asString(),
                node.path("size").asLong())));
        return files;
    }

    private static List<NamedVersion> versions(JsonNode array) {
        List<NamedVersion> versions = new ArrayList<>();
        array.forEach(node -> versions.add(new NamedVersion(
                node.path("name").asString(), node.path("version").asString())));
        return versions;
    }

    private static List<ResourceRef> temporary(JsonNode section) {
        List<ResourceRef> all = new ArrayList<>();
        section.path("flags").forEach(node -> all.add(resource("flag", node)));
        section.path("webhooks").forEach(node -> all.add(resource("webhook", node)));
        section.path("leases").forEach(node -> all.add(resource("lease", node)));
        return all;
    }

    private static ResourceRef resource(String kind, JsonNode node) {
        try {
            return ResourceRef.parse(kind + ":" + node.asString());
        } catch (IllegalArgumentException e) {
            throw invalid("/temporary: " + Shown.text(String.valueOf(e.getMessage())));
        }
    }

    static PackageRefused invalid(String complaint) {
        return new PackageRefused(
                Fault.MANIFEST_INVALID,
                "manifest.json is not valid: " + complaint,
                "the vendor must correct it and sign it again; `sweepback schema manifest` prints its form");
    }
}
