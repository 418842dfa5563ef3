package dev.sweepback.run;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A journal whose process dies right before or right after one of its commits, once it is armed. */
final class DoomedJournal extends RunnerTest.BrokenJournal {

    /** What dying looks like from inside. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private int commits;
    private int fatal = -1;
    private boolean after;
    private boolean dead;

    DoomedJournal(Journal journal) {
        super(journal);
    }

    /** Counts from now on, and dies at this commit; never if it is negative. */
    void arm(int commit, boolean afterIt) {
        commits = 0;
        fatal = commit;
        after = afterIt;
    }

    /** Another process has it. */
    void revive() {
        dead = false;
        fatal = -1;
    }

    boolean isDead() {
        return dead;
    }

    int commits() {
        return commits;
    }

    @Override
    public synchronized List<Entry> append(List<Draft> drafts) {
        return around(() -> super.append(drafts));
    }

    @Override
    public synchronized List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
        return around(() -> super.decide(decision));
    }

    private List<Entry> around(Supplier<List<Entry>> commit) {
        if (dead) {
            throw new Killed();
        }
        int number = commits++;
        if (number == fatal && !after) {
            dead = true;
            throw new Killed();
        }
        List<Entry> entries = commit.get();
        if (number == fatal) {
            dead = true;
            throw new Killed();
        }
        return entries;
    }
}
