package dev.sweepback.plan;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What people said must be kept, until when and why. The last word on a resource counts. */
public final class Keeps {

    private static final String ENDED = "ended";

    private final Map<ResourceRef, Entry> byResource = new HashMap<>();

    private Keeps() {}

    public static Keeps read(JournalReader journal) {
        Keeps keeps = new Keeps();
        journal.read(
                Query.of(EntryType.RESOURCE_KEPT),
                entry -> entry.resource().ifPresent(ref -> keeps.byResource.put(ref, entry)));
        return keeps;
    }

    public static void keep(Journal journal, ResourceRef ref, Instant until, Note note) {
        journal.append(note.on(Draft.of(EntryType.RESOURCE_KEPT, note.actor())
                .resource(ref, ref.id())
                .data("until", until.toString())));
    }

    /** Takes back what was said: from {@code now} on nobody keeps the resource. It stays on record. */
    public static void end(Journal journal, ResourceRef ref, Instant now, Note note) {
        journal.append(note.on(Draft.of(EntryType.RESOURCE_KEPT, note.actor())
                .resource(ref, ref.id())
                .data("until", now.toString())
                .data(ENDED, "true")));
    }

    /** Whether the entry ends a keep rather than beginning one. */
    public static boolean isEnd(Entry entry) {
        return entry.data(ENDED).isPresent();
    }

    /** Why the resource is kept; empty if nobody said so or the date has passed. */
    public Optional<Objection> objection(ResourceRef ref, Instant now) {
        return Optional.ofNullable(byResource.get(ref))
                .filter(entry -> until(entry).isAfter(now))
                .map(entry -> new Objection(
                        "kept by " + entry.actor().name() + " until " + until(entry)
                                + entry.reason().map(reason -> ": " + reason).orElse(""),
                        Optional.of(until(entry))));
    }

    private static Instant until(Entry entry) {
        return Instant.parse(entry.data("until").orElseThrow());
    }
}
