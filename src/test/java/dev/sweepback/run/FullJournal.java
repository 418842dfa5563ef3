package dev.sweepback.run;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import java.util.List;

/** A journal whose disk is full for as long as it is told. */
public final class FullJournal extends RunnerTest.BrokenJournal {

    private boolean full = true;

    public FullJournal(Journal journal) {
        super(journal);
    }

    public void makeRoom() {
        full = false;
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        if (full) {
            throw new JournalException("the disk is full");
        }
        return super.append(drafts);
    }
}
