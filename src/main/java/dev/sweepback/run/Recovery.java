package dev.sweepback.run;

import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.UnknownConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles what a crash left open, by looking at the systems once the intents' deadlines have passed. Never guesses. */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Journal journal;
    private final Systems systems;
    private final Clock clock;
    private final Pause pause;

    public Recovery(Journal journal, Systems systems, Clock clock, Pause pause) {
        this.journal = journal;
        this.systems = systems;
        this.clock = clock;
        this.pause = pause;
    }

    /**
     * Looks at every open intent of every run. One whose look fails stays open, recorded as unsettled.
     *
     * @return how many were open, and how many still are
     */
    public Settled settleAll(Note note) {
        int found = 0;
        int left = 0;
        for (Run run : Run.all(journal)) {
            if (!run.open().isEmpty()) {
                found += run.open().size();
                settle(run, note);
                left += Run.find(journal, run.id()).orElseThrow().open().size();
            }
        }
        return new Settled(found, left);
    }

    /** How many intents were open, and how many still are. */
    public record Settled(int found, int left) {}

    private void settle(Run run, Note note) {
        Plan plan = Plans.find(journal, run.plan()).orElseThrow();
        Situation situation = new Situation(run, note.actor(), journal, systems, clock, Duration.ZERO);
        for (OperationRecord record : run.open()) {
            Optional<PlannedOperation> planned = plan.operations().stream()
                    .filter(operation -> operation.id().equals(record.id()))
                    .findFirst();
            Instant deadline =
                    Instant.parse(record.intent().orElseThrow().data("deadline").orElseThrow());
            LOG.warn(
                    "run {}: operation {} on {} was announced and its end is not recorded; looking after {}",
                    run.id(),
                    record.id(),
                    record.ref(),
                    deadline);
            pause.until(deadline);
            planned.ifPresent(operation -> settle(situation, operation, record));
        }
    }

    /** One that cannot be looked at must not keep the others from being settled. */
    private static void settle(Situation situation, PlannedOperation operation, OperationRecord record) {
        try {
            look(situation, operation, record);
        } catch (JournalException | UnknownConnection e) {
            LOG.warn("operation {} on {} stays unsettled: {}", record.id(), record.ref(), e.getMessage());
            situation
                    .journal()
                    .append(new OutcomeDrafts(situation.run(), operation, situation.actor())
                            .unsettled()
                            .reason(String.valueOf(e.getMessage())));
        }
    }

    private static void look(Situation situation, PlannedOperation operation, OperationRecord record) {
        List<PlannedOperation> one = new ArrayList<>(List.of(operation));
        Batch batch = operation.sign() == '+' ? new RevertBatch(situation, one) : new ApplyBatch(situation, one);
        batch.settleLate(List.of(new Batch.Sent(
                operation,
                record.intent().orElseThrow(),
                Entries.task(record.intent().orElseThrow(), situation.journal()))));
    }
}
