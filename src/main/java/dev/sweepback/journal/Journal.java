package dev.sweepback.journal;

import java.util.List;
import java.util.function.Function;

/** The append-only record. Thread-safe, and safe beside other processes on the same store. */
public interface Journal extends JournalReader, AutoCloseable {

    /**
     * Appends the drafts in order, gaplessly and all in one commit: either all are recorded or none. On return they are
     * durable (they survive a power cut). Calls from several threads may share a commit.
     *
     * @throws JournalException if they could not be recorded; then none is
     */
    List<Entry> append(List<Draft> drafts);

    default Entry append(Draft draft) {
        return append(List.of(draft)).get(0);
    }

    /**
     * Decides on the newest state and appends, with nothing appended by anyone in between. What {@code decision} throws
     * passes through and nothing is recorded.
     */
    List<Entry> decide(Function<JournalReader, List<Draft>> decision);

    /** Checks every entry, leaf hash, snapshot and document against each other, offline. */
    Verification verify();

    @Override
    void close();
}
