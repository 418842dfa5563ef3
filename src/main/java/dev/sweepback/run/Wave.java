package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.GateJson;
import dev.sweepback.gate.GateState;
import dev.sweepback.job.BackOut;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.PlannedOperation;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The waves of a cleanup in the record: what the gate said before each, and which operations it has. */
final class Wave {

    private static final String OPERATIONS = "operations";

    private Wave() {}

    /** That the gate is open, why, and for which operations. */
    static Draft begun(Run run, List<PlannedOperation> operations, GateState gate, Note note) {
        Draft draft = Draft.of(EntryType.RUN_WAVE, note.actor())
                .run(run.id())
                .job(run.job())
                .plan(run.plan())
                .data(
                        OPERATIONS,
                        Entries.texts(operations.stream()
                                .map(operation -> operation.id().value())
                                .toList()))
                .data(
                        "gate",
                        GateJson.toJson(
                                run.job(), run.upgrade().map(Object::toString).orElse(""), gate));
        return run.upgrade().map(draft::upgrade).orElse(draft);
    }

    /** What of a run is to be taken back as a check has failed. */
    static List<OperationId> toTakeBack(Run run, BackOut.OnCheckFailure what, JournalReader journal) {
        Set<OperationId> wanted = switch (what) {
            case STOP -> Set.of();
            case UNDO_WAVE -> last(run, journal);
            case UNDO_RUN -> ids(run);
        };
        return run.operations().stream()
                .filter(operation -> wanted.contains(operation.id()) && operation.leavesSomething())
                .map(OperationRecord::id)
                .toList();
    }

    private static Set<OperationId> ids(Run run) {
        Set<OperationId> ids = new HashSet<>();
        run.operations().forEach(operation -> ids.add(operation.id()));
        return ids;
    }

    private static Set<OperationId> last(Run run, JournalReader journal) {
        Optional<Entry> wave =
                journal.first(Query.of(EntryType.RUN_WAVE).run(run.id()).latest(1));
        Set<OperationId> ids = new HashSet<>();
        wave.ifPresent(entry -> entry.dataNode(OPERATIONS).forEach(id -> ids.add(new OperationId(id.asString()))));
        return ids;
    }
}
