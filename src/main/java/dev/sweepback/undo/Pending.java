package dev.sweepback.undo;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Plans;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What undos that were begun, and wait to be gone on with, have not come to yet: no second one is begun for it. */
public final class Pending {

    private Pending() {}

    /** The operations that such undos of the run will take back. One whose plan is lost takes back nothing more. */
    public static Set<OperationId> of(Run run, JournalReader journal) {
        return Run.interrupted(journal).stream()
                .filter(undo -> undo.undoOf().equals(Optional.of(run.id())))
                .flatMap(undo -> Plans.find(journal, undo.plan()).stream()
                        .flatMap(plan -> plan.operations().stream())
                        .filter(operation -> isLeft(undo, operation)))
                .flatMap(operation -> operation.of().stream())
                .collect(Collectors.toSet());
    }

    private static boolean isLeft(Run undo, PlannedOperation operation) {
        return undo.operation(operation.id()).filter(OperationRecord::over).isEmpty();
    }
}
