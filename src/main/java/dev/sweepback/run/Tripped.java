package dev.sweepback.run;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunId;
import java.util.ArrayList;
import java.util.List;

/**
 * What a tripwire has tripped for, as the journal tells.
 *
 * @param started the entry that begins the undo which puts it back
 */
public record Tripped(Trip trip, Entry started) {

    /** All of it, oldest first. */
    public static List<Tripped> all(JournalReader journal) {
        List<Tripped> all = new ArrayList<>();
        journal.read(
                Query.of(EntryType.RUN_STARTED),
                entry -> Trip.read(entry).forEach(trip -> all.add(new Tripped(trip, entry))));
        return all;
    }

    /** The undo. */
    public RunId undo() {
        return started.run().orElseThrow();
    }
}
