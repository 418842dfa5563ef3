package dev.sweepback.run;

import dev.sweepback.gate.Done;
import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.UpgradeId;
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

    static AllBlocked after(Plan plan, Run run, JournalReader journal) {
        if (run.operations().stream().anyMatch(OperationRecord::succeeded) || wasDone(run, journal)) {
            return new AllBlocked(0);
        }
        long before = run.operations().stream()
                .map(OperationRecord::end)
                .flatMap(Optional::stream)
                .filter((Entry end) -> end.data(Done.BLOCKED).isPresent())
                .count();
        return new AllBlocked(plan.blocked().size() + (int) before);
    }

    /** A run that only comes back to what an earlier one kept for a time leaves the job done, under the same enabling. */
    private static boolean wasDone(Run run, JournalReader journal) {
        UpgradeId upgrade = run.upgrade().orElseThrow();
        long enabled =
                Enablement.last(journal, run.job(), upgrade).map(Entry::seq).orElse(0L);
        return journal
                .read(Query.of(EntryType.RUN_FINISHED)
                        .job(run.job())
                        .upgrade(upgrade)
                        .after(enabled))
                .stream()
                .anyMatch(Done::by);
    }

    Draft addTo(Draft finished) {
        return count == 0 ? finished : finished.data(Done.BLOCKED, IntNode.valueOf(count));
    }
}
