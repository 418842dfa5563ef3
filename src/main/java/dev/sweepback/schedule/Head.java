package dev.sweepback.schedule;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;

/** The number of the newest entry. */
final class Head {

    private Head() {}

    /** 0 for an empty journal. */
    static long seq(JournalReader journal) {
        return journal.first(Query.all().latest(1)).map(Entry::seq).orElse(0L);
    }
}
