package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which operations undo has put back, or found to be as they were before. */
public final class TakenBack {

    private TakenBack() {}

    /** Those that were taken back by undos begun after the entry with this number. */
    public static Set<OperationId> ids(JournalReader journal, long since) {
        Set<OperationId> ids = new HashSet<>();
        List<Entry> undos = journal.read(Query.of(EntryType.RUN_STARTED).after(since)).stream()
                .filter(started -> started.data("undoOf").isPresent())
                .toList();
        for (Entry undo : undos) {
            journal.read(Query.of(EntryType.OPERATION_OUTCOME).run(undo.run().orElseThrow()), entry -> {
                if (entry.outcome().filter(Outcome::succeeded).isPresent()) {
                    entry.reverts().ifPresent(ids::add);
                }
            });
        }
        return ids;
    }
}
