package dev.sweepback.run;

import dev.sweepback.gate.Done;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import java.util.Optional;
import tools.jackson.databind.node.IntNode;

/**
 * That a cleanup did nothing because guards blocked what it selected, in planning or right before the operation: then the job is not
 * done for the upgrade.
 *
 * @param count how many things were blocked; none if the run did something
 */
record AllBlocked(int count) {

    static AllBlocked after(Plan plan, Run run) {
        if (run.operations().stream().anyMatch(OperationRecord::succeeded)) {
            return new AllBlocked(0);
        }
        long before = run.operations().stream()
                .map(OperationRecord::end)
                .flatMap(Optional::stream)
                .filter((Entry end) -> end.data(Done.BLOCKED).isPresent())
                .count();
        return new AllBlocked(plan.blocked().size() + (int) before);
    }

    Draft addTo(Draft finished) {
        return count == 0 ? finished : finished.data(Done.BLOCKED, IntNode.valueOf(count));
    }
}
