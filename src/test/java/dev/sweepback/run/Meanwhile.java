package dev.sweepback.run;

import dev.sweepback.connector.State;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Verification;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Lets something happen right before the next decision of a journal. */
final class Meanwhile {

    private Optional<Runnable> before = Optional.empty();

    void beforeNextDecision(Runnable happening) {
        before = Optional.of(happening);
    }

    Journal over(Journal journal) {
        return new Journal() {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                return journal.append(drafts);
            }

            @Override
            public List<Entry> decide(Function<JournalReader, List<Draft>> decision) {
                Optional<Runnable> happening = before;
                before = Optional.empty();
                happening.ifPresent(Runnable::run);
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
        };
    }
}
