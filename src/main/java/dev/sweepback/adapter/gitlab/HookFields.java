package dev.sweepback.adapter.gitlab;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Fields.Field;
import java.time.Instant;
import java.util.List;

/** What conditions see of a hook. */
final class HookFields {

    static final Fields FIELDS = new Fields(List.of(
            new Field("id", Fields.Type.TEXT, false, "the hook's number", "1733"),
            new Field(
                    "url",
                    Fields.Type.TEXT,
                    false,
                    "where it delivers to; for conditions only, shown shortened",
                    "https://dten.example.com/v2/hook"),
            new Field("description", Fields.Type.TEXT, true, "the description", "the receiver of the old version"),
            new Field("active", Fields.Type.BOOLEAN, false, "whether it delivers anything", true),
            new Field("events", Fields.Type.TEXTS, false, "what it delivers", List.of("push", "releases")),
            new Field(
                    "createdAt", Fields.Type.TIME, false, "when it was created", Instant.parse("2026-09-01T10:00:00Z")),
            new Field(
                    "enableSslVerification",
                    Fields.Type.BOOLEAN,
                    false,
                    "whether it looks at the receiver's certificate",
                    true),
            new Field(
                    "urlVariables",
                    Fields.Type.TEXTS,
                    false,
                    "the keys of what is put into its address and not shown",
                    List.of()),
            new Field(
                    "customHeaders",
                    Fields.Type.TEXTS,
                    false,
                    "the keys of the headers that it sends along and does not show",
                    List.of("Authorization")),
            new Field(
                    "alertStatus",
                    Fields.Type.TEXT,
                    true,
                    "executable, or how GitLab stopped it after failures",
                    "executable"),
            new Field(
                    "disabledUntil",
                    Fields.Type.TIME,
                    true,
                    "until when GitLab has stopped it after failures",
                    Instant.parse("2026-10-01T10:00:00Z"))));

    private HookFields() {}
}
