package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Fields.Field;
import java.time.Instant;
import java.util.List;

/** What conditions see of a flag. */
final class FlagFields {

    static final Fields FIELDS = new Fields(List.of(
            new Field("name", Fields.Type.TEXT, false, "the flag's name", "checkout-v2-rollout"),
            new Field("project", Fields.Type.TEXT, false, "the project's id", "default"),
            new Field(
                    "type",
                    Fields.Type.TEXT,
                    false,
                    "release, experiment, operational, kill-switch or permission",
                    "release"),
            new Field("description", Fields.Type.TEXT, true, "the description", "rollout of the second checkout"),
            new Field("stale", Fields.Type.BOOLEAN, false, "whether it is marked as stale", true),
            new Field("impressionData", Fields.Type.BOOLEAN, false, "whether it emits impression data", false),
            new Field(
                    "tags", Fields.Type.TEXTS, false, "its tags, each as type:value", List.of("upgrade:2026-11-dten")),
            new Field(
                    "enabledIn", Fields.Type.TEXTS, false, "the environments in which it is on", List.of("production")),
            new Field(
                    "archived",
                    Fields.Type.BOOLEAN,
                    false,
                    "whether it is archived, as what a quarantine holds; never in a selection",
                    false),
            new Field("createdBy", Fields.Type.TEXT, true, "who created it", "release-pipeline"),
            new Field(
                    "createdAt", Fields.Type.TIME, false, "when it was created", Instant.parse("2026-09-01T10:00:00Z")),
            new Field(
                    "lastSeenAt",
                    Fields.Type.TIME,
                    true,
                    "when an application last evaluated it, in any environment",
                    Instant.parse("2026-11-01T10:00:00Z"))));

    private FlagFields() {}
}
