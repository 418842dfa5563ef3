package dev.sweepback.run;

import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What the results of a run's operations mean for the run. */
final class Results {

    private Results() {}

    /** The steps that did not wholly succeed so far. */
    static Set<String> failedSteps(Plan plan, Run run) {
        return plan.operations().stream()
                .filter(operation ->
                        run.operation(operation.id()).filter(Results::bad).isPresent())
                .map(PlannedOperation::step)
                .collect(Collectors.toSet());
    }

    private static boolean bad(OperationRecord operation) {
        return operation.open()
                || operation
                        .outcome()
                        .filter(outcome -> outcome != Outcome.SKIPPED && !outcome.succeeded())
                        .isPresent();
    }

    /** What is put off has not failed: it is come back to. */
    static Optional<String> tooManyFailures(Run run, Optional<Terms> terms, PutOff putOff) {
        long failures = run.operations().stream()
                .filter(operation -> bad(operation) && !putOff.has(operation.id()))
                .count();
        return terms.map(known -> known.policy().stopAfterFailures())
                .filter(most -> failures >= most)
                .map(most -> failures + " failed or unsettled, the policy stops at " + most);
    }

    /**
     * Whether an undo has ended, and left something for a reason that may pass. What somebody has changed, and what has no way
     * back, is no such reason.
     */
    static boolean mayYetSucceed(Run undo) {
        return undo.finished().isPresent()
                && undo.open().isEmpty()
                && undo.operations().stream().anyMatch(Results::mayYetSucceed);
    }

    private static boolean mayYetSucceed(OperationRecord revert) {
        return !RunJson.isImpossible(revert)
                && revert.outcome()
                        .filter(List.of(Outcome.FAILED, Outcome.NOT_DONE, Outcome.PARTLY)::contains)
                        .isPresent();
    }

    /** As what a run ends that was carried out to its end. */
    static RunState ended(Run run, Plan plan) {
        boolean bad = run.operations().stream().anyMatch(Results::bad)
                || !plan.stopped().isEmpty();
        boolean good = run.operations().stream().anyMatch(OperationRecord::succeeded);
        if (!bad) {
            return RunState.SUCCEEDED;
        }
        return good ? RunState.PARTIAL : RunState.FAILED;
    }
}
