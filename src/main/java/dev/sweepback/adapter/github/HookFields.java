package dev.sweepback.adapter.github;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Fields.Field;
import java.time.Instant;
import java.util.List;

/** What conditions see of a hook. */
final class HookFields {

    static final Fields FIELDS = new Fields(List.of(
            new Field("id", Fields.Type.TEXT, false, "the hook's number", "41000017"),
            new Field(
                    "url",
                    Fields.Type.TEXT,
                    false,
                    "where it delivers to; for conditions only, shown shortened",
                    "https://dten.example.com/v2/hook"),
            new Field("active", Fields.Type.BOOLEAN, false, "whether it delivers", true),
            new Field("events", Fields.Type.TEXTS, false, "what it delivers", List.of("push", "release")),
            new Field("contentType", Fields.Type.TEXT, false, "json or form", "json"),
            new Field(
                    "insecureSsl", Fields.Type.BOOLEAN, false, "whether it ignores the receiver's certificate", false),
            new Field("signed", Fields.Type.BOOLEAN, false, "whether it has a secret that signs deliveries", true),
            new Field(
                    "createdAt", Fields.Type.TIME, false, "when it was created", Instant.parse("2026-09-01T10:00:00Z")),
            new Field(
                    "updatedAt",
                    Fields.Type.TIME,
                    false,
                    "when it was last changed",
                    Instant.parse("2026-10-01T10:00:00Z")),
            new Field(
                    "lastStatus",
                    Fields.Type.TEXT,
                    true,
                    "how the last delivery went, as far as GitHub still tells: its absence is not disuse",
                    "active")));

    private HookFields() {}
}
