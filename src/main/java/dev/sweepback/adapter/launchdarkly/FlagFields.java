package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Fields.Field;
import java.time.Instant;
import java.util.List;

/** What conditions see of a flag. */
final class FlagFields {

    static final Fields FIELDS = new Fields(List.of(
            new Field("key", Fields.Type.TEXT, false, "the flag's key, also its id", "checkout-v2-rollout"),
            new Field("name", Fields.Type.TEXT, false, "the name that people read", "Checkout v2: rollout"),
            new Field("kind", Fields.Type.TEXT, false, "boolean or multivariate", "boolean"),
            new Field("description", Fields.Type.TEXT, true, "the description", "rollout of the second checkout"),
            new Field("tags", Fields.Type.TEXTS, false, "its tags", List.of("upgrade-2026-11-dten")),
            new Field("temporary", Fields.Type.BOOLEAN, false, "whether it is meant to go again", true),
            new Field(
                    "archived",
                    Fields.Type.BOOLEAN,
                    false,
                    "whether it is archived, as what was archived here; never in a selection",
                    false),
            new Field("deprecated", Fields.Type.BOOLEAN, true, "whether it is marked as deprecated", false),
            new Field(
                    "maintainer",
                    Fields.Type.TEXT,
                    true,
                    "the address of the member who maintains it, or the key of the team",
                    "team-checkout"),
            new Field(
                    "createdAt",
                    Fields.Type.TIME,
                    false,
                    "when it was created",
                    Instant.parse("2026-09-01T10:00:00Z"))));

    private FlagFields() {}
}
