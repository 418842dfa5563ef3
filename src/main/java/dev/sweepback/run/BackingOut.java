package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.TakenBack;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a run is to be taken back, as a check has failed: in the record with the entry that says that it failed, so that no crash
 * loses it.
 *
 * @param seq of that entry
 */
record BackingOut(RunId run, long seq, String reason, List<OperationId> operations) {

    private static final String KEY = "backOut";

    BackingOut {
        operations = List.copyOf(operations);
    }

    /** Says in an entry that these are to be taken back. */
    static Draft owe(List<OperationId> operations, Draft failed) {
        return operations.isEmpty()
                ? failed
                : failed.data(
                        KEY,
                        Entries.texts(
                                operations.stream().map(OperationId::value).toList()));
    }

    /** Whether the end of a run says that something of it is to be taken back. */
    static boolean isOwedBy(Run run) {
        return run.finished().filter(entry -> !entry.dataNode(KEY).isEmpty()).isPresent();
    }

    /** The undos that are to be begun now: those that were not yet, and those that failed and are tried again. */
    static List<BackingOut> due(JournalReader journal, Instant now) {
        Map<Long, List<RunId>> undos = undos(journal);
        List<BackingOut> due = new ArrayList<>();
        journal.read(Query.of(EntryType.RUN_FINISHED, EntryType.RUN_WATCHED), entry -> {
            if (!entry.dataNode(KEY).isEmpty()) {
                due.add(read(entry));
            }
        });
        due.removeIf(owed -> !isDue(undos.getOrDefault(owed.seq(), List.of()), journal, now) || !owed.isLeft(journal));
        return due;
    }

    /** What somebody took back meanwhile, or was found never to have happened, is owed no longer. */
    private boolean isLeft(JournalReader journal) {
        Run whole = Run.find(journal, run).orElseThrow();
        Set<OperationId> takenBack = TakenBack.ids(journal, whole.started().seq());
        return operations.stream()
                .filter(id -> !takenBack.contains(id))
                .flatMap(id -> whole.operation(id).stream())
                .anyMatch(OperationRecord::leavesSomething);
    }

    /** The undos that were begun for an entry, oldest first. */
    private static Map<Long, List<RunId>> undos(JournalReader journal) {
        Map<Long, List<RunId>> undos = new LinkedHashMap<>();
        journal.read(
                Query.of(EntryType.RUN_STARTED),
                entry -> Cause.FailedCheck.of(entry)
                        .ifPresent(seq -> undos.computeIfAbsent(seq, unused -> new ArrayList<>())
                                .add(entry.run().orElseThrow())));
        return undos;
    }

    private static boolean isDue(List<RunId> undos, JournalReader journal, Instant now) {
        if (undos.isEmpty()) {
            return true;
        }
        Run last = Run.find(journal, undos.get(undos.size() - 1)).orElseThrow();
        return Results.mayYetSucceed(last)
                && Retry.isDue(last.finished().orElseThrow().time(), undos.size(), now);
    }

    private static BackingOut read(Entry entry) {
        List<OperationId> operations = new ArrayList<>();
        entry.dataNode(KEY).forEach(id -> operations.add(new OperationId(id.asString())));
        return new BackingOut(
                entry.run().orElseThrow(), entry.seq(), entry.reason().orElse("a check has failed"), operations);
    }
}
