package dev.sweepback.run;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.PlannedOperation;

/** The drafts that end, or fail to end, one operation. */
record OutcomeDrafts(Run run, PlannedOperation operation, Actor actor) implements Settling.Drafts {

    @Override
    public Draft outcome(Outcome outcome) {
        return Entries.outcome(run, operation, actor, outcome);
    }

    @Override
    public Draft unsettled() {
        return Entries.common(EntryType.OPERATION_UNSETTLED, run, operation, actor);
    }
}
