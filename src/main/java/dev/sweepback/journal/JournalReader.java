package dev.sweepback.journal;

import dev.sweepback.connector.State;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads the journal. Thread-safe. */
public interface JournalReader {

    /** Hands over the matching entries one by one, in a consistent view, without holding them all. */
    void read(Query query, Consumer<Entry> consumer);

    /** The matching entries, in memory. */
    default List<Entry> read(Query query) {
        List<Entry> entries = new java.util.ArrayList<>();
        read(query, entries::add);
        return entries;
    }

    /** The first of the matching entries in the query's order. */
    default Optional<Entry> first(Query query) {
        return read(query).stream().findFirst();
    }

    /**
     * Decrypts a snapshot.
     *
     * @param reference what the entry's {@code data} names
     * @throws JournalException if it is missing, was changed, or the key is not the one it was encrypted with
     */
    State snapshot(String reference);

    /** @throws JournalException if it is missing or was changed */
    byte[] document(String reference);
}
