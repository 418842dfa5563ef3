package dev.sweepback.journal;

import dev.sweepback.connector.OperationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Finds the operations that were announced and are not settled, in one pass that holds no others. */
final class OpenOperations {

    /** An undo that goes on with an earlier one keeps its operations' ids. */
    private record Key(RunId run, OperationId operation) {}

    private final Map<Key, OperationRecord> open = new HashMap<>();

    private OpenOperations() {}

    /** The runs that have any. */
    static Set<RunId> runs(JournalReader journal) {
        OpenOperations operations = new OpenOperations();
        journal.read(
                Query.of(
                        EntryType.OPERATION_INTENT,
                        EntryType.OPERATION_OUTCOME,
                        EntryType.OPERATION_SKIPPED,
                        EntryType.OPERATION_UNSETTLED),
                operations::add);
        Set<RunId> runs = new HashSet<>();
        operations.open.keySet().forEach(key -> runs.add(key.run()));
        return runs;
    }

    private void add(Entry entry) {
        Key key = new Key(entry.run().orElseThrow(), entry.operation().orElseThrow());
        open.compute(key, (unused, known) -> {
            OperationRecord record = known == null ? OperationRecord.first(entry) : known.with(entry);
            return record.open() ? record : null;
        });
    }
}
