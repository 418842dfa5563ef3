package dev.sweepback.cli;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Verification;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A journal that passes everything on, for tests that change one thing. */
class Delegating implements Journal {

    private final Journal journal;

    Delegating(Journal journal) {
        this.journal = journal;
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        return journal.append(drafts);
    }

    @Override
    public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
        return journal.decide(decision);
    }

    @Override
    public void read(Query query, Consumer<Entry> consumer) {
        journal.read(query, consumer);
    }

    @Override
    public State snapshot(String reference) {
        return journal.snapshot(reference);
    }

    @Override
    public byte[] document(String reference) {
        return journal.document(reference);
    }

    @Override
    public Verification verify() {
        return journal.verify();
    }

    @Override
    public void close() {
        journal.close();
    }
}
