package dev.sweepback.schedule;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.PlanAlreadyRun;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** A journal that remembers whether the last append failed. */
public final class AppendWatch implements Journal {

    private final Journal journal;
    private volatile boolean failed;

    public AppendWatch(Journal journal) {
        this.journal = journal;
    }

    /** Whether the journal could not be appended to when that was last tried. */
    public boolean lastAppendFailed() {
        return failed;
    }

    private List<Entry> watched(Supplier<List<Entry>> append) {
        try {
            List<Entry> entries = append.get();
            failed = false;
            return entries;
        } catch (PlanAlreadyRun e) {
            throw e;
        } catch (JournalException e) {
            failed = true;
            throw e;
        }
    }

    @Override
    public List<Entry> append(List<Draft> drafts) {
        return watched(() -> journal.append(drafts));
    }

    @Override
    public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
        return watched(() -> journal.decide(decision));
    }

    @Override
    public void read(Query query, Consumer<Entry> consumer) {
        journal.read(query, consumer);
    }

    @Override
    public Optional<Entry> first(Query query) {
        return journal.first(query);
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
