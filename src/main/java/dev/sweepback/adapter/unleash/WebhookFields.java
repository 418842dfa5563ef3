package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Fields.Field;
import java.time.Instant;
import java.util.List;

/** What conditions see of a webhook. Where it delivers to is no part: Unleash does not show it. */
final class WebhookFields {

    static final Fields FIELDS = new Fields(List.of(
            new Field("id", Fields.Type.TEXT, false, "the integration's number", "17"),
            new Field("provider", Fields.Type.TEXT, false, "always webhook", "webhook"),
            new Field("description", Fields.Type.TEXT, true, "the description", "tells the old gateway"),
            new Field("enabled", Fields.Type.BOOLEAN, false, "whether it delivers", true),
            new Field("events", Fields.Type.TEXTS, false, "what it delivers, sorted", List.of("feature-archived")),
            new Field("projects", Fields.Type.TEXTS, false, "of which projects; of all if empty", List.of("default")),
            new Field(
                    "environments",
                    Fields.Type.TEXTS,
                    false,
                    "of which environments; of all if empty",
                    List.of("production")),
            new Field(
                    "masked",
                    Fields.Type.TEXTS,
                    false,
                    "the parameters whose values Unleash hides, sorted",
                    List.of("authorization", "url")),
            new Field(
                    "createdAt",
                    Fields.Type.TIME,
                    false,
                    "when it was created",
                    Instant.parse("2026-09-01T10:00:00Z"))));

    private WebhookFields() {}
}
