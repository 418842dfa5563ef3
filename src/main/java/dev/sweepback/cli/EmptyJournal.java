package dev.sweepback.cli;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import java.util.function.Consumer;

/** What there is to read before anything was recorded. */
final class EmptyJournal implements JournalReader {

    @Override
    public void read(Query query, Consumer<Entry> consumer) {
        // Nothing matches.
    }

    @Override
    public State snapshot(String reference) {
        throw new JournalException(reference + " is nowhere: nothing was recorded yet");
    }

    @Override
    public byte[] document(String reference) {
        throw new JournalException(reference + " is nowhere: nothing was recorded yet");
    }
}
