package dev.sweepback.journal;

import java.util.ArrayList;
import java.util.List;

/** Reads all runs at once: a test has a few. */
public final class Runs {

    private Runs() {}

    /** Oldest first. */
    public static List<Run> all(JournalReader journal) {
        List<Run> runs = new ArrayList<>();
        Run.each(journal, Query.of(EntryType.RUN_STARTED), runs::add);
        return runs;
    }
}
