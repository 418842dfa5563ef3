package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import java.util.HashSet;
import java.util.Set;

/** Which operations undo has put back. */
final class TakenBack {

    private TakenBack() {}

    /** Whether nothing that the run did is left; what is not settled may be. */
    static boolean all(JournalReader journal, Run run) {
        Set<OperationId> ids = ids(journal, run.started().seq());
        return run.open().isEmpty()
                && run.operations().stream()
                        .filter(operation ->
                                operation.outcome().filter(Outcome.DONE::equals).isPresent())
                        .allMatch(operation -> ids.contains(operation.id()));
    }

    /** The operations that were reverted after the entry with this number. */
    static Set<OperationId> ids(JournalReader journal, long since) {
        Set<OperationId> ids = new HashSet<>();
        journal.read(Query.of(EntryType.OPERATION_OUTCOME).after(since), entry -> {
            boolean reverted = Entries.isRevert(entry)
                    && entry.outcome().filter(outcome -> outcome.succeeded()).isPresent();
            if (reverted) {
                entry.data("of").ifPresent(of -> ids.add(new OperationId(of)));
            }
        });
        return ids;
    }
}
