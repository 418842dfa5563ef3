package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.RunId;
import dev.sweepback.plan.Quarantine;

/** That a quarantine holds something no longer, as it cannot be removed any more. Said once, in the run that found it out. */
record Ending(Quarantine.Held held, String reason) {

    Draft entry(RunId run, Note note) {
        OperationRecord first = held.operation();
        Draft draft = Draft.of(EntryType.OPERATION_SKIPPED, note.actor())
                .run(run)
                .job(held.run().job())
                .operation(new OperationId(Ids.random()))
                .resource(first.ref(), first.name())
                .action(held.then().orElseThrow())
                .outcome(Outcome.SKIPPED)
                .reason(reason)
                .data("step", held.step())
                .data("direction", "apply")
                .data("of", first.id().value())
                .data(Quarantine.ENDED, "true");
        return held.run().upgrade().map(draft::upgrade).orElse(draft);
    }
}
