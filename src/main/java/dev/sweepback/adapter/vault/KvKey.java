package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Fields.Field;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** One key of a key/value engine, with what there is to know about it. */
sealed interface KvKey permits KvVersioned, KvPlain {

    String KIND = "kv";

    /** What the server writes itself. */
    List<String> BOOKKEEPING = List.of("updatedAt");

    /** In the state: the engine's version. */
    String ENGINE = "engine";

    Fields FIELDS = new Fields(List.of(
            new Field("path", Fields.Type.TEXT, false, "the whole path, mount first", "secret/up/dten-migrator"),
            new Field("mount", Fields.Type.TEXT, false, "the mount alone", "secret"),
            new Field("engine", Fields.Type.NUMBER, false, "the version of the key/value engine, 1 or 2", 2L),
            new Field("currentVersion", Fields.Type.NUMBER, true, "the newest version; engine 2 only", 3L),
            new Field(
                    "versions",
                    Fields.Type.TEXTS,
                    false,
                    "the versions that are neither deleted nor destroyed; none in engine 1",
                    List.of("1", "3")),
            new Field(
                    "createdAt",
                    Fields.Type.TIME,
                    true,
                    "when it was first written; engine 2 only",
                    Instant.parse("2026-11-20T10:00:00Z")),
            new Field(
                    "updatedAt",
                    Fields.Type.TIME,
                    true,
                    "when it was last written; engine 2 only",
                    Instant.parse("2026-11-20T11:00:00Z")),
            new Field(
                    "expiresAt",
                    Fields.Type.TIME,
                    true,
                    "when the first of its versions deletes itself",
                    Instant.parse("2026-12-20T11:00:00Z")),
            new Field(
                    "deleteVersionAfter",
                    Fields.Type.NUMBER,
                    true,
                    "seconds after which its versions delete themselves, 0 if they do not; engine 2 only",
                    0L),
            new Field(
                    "customMetadata",
                    Fields.Type.TEXT_MAP,
                    false,
                    "what somebody noted about it; engine 2 only",
                    Map.of("upgrade", "dten-2"))));

    KvPath path();

    /** Whether anything of it can be read at this time. */
    boolean live(Instant at);

    Map<String, Object> fields(Instant at);

    /** Changes with what it holds, and gives none of that away. */
    String fingerprint(Redaction redaction);

    State state();
}
