package dev.sweepback.run;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.UnknownConnection;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles what a crash left open, by looking at the systems once the intents' deadlines have passed. Never guesses. Asked to
 * stop while it waits, it leaves the rest open for the next process: nothing is in flight.
 */
public final class Recovery {

    private static final Logger LOG = LoggerFactory.getLogger(Recovery.class);

    private final Journal journal;
    private final Systems systems;
    private final Clock clock;
    private final Pause pause;
    private final StopSignal stop;

    public Recovery(Journal journal, Systems systems, Clock clock, Pause pause, StopSignal stop) {
        this.journal = journal;
        this.systems = systems;
        this.clock = clock;
        this.pause = pause;
        this.stop = stop;
    }

    /**
     * Looks at every open intent of every run. One whose look fails stays open, recorded as unsettled.
     *
     * @return how many were open, and how many still are
     */
    public Settled settleAll(Note note) {
        return settle(operation -> true, note);
    }

    /** Which open operations {@link #settleAll} cannot look at yet; empty if there are none. */
    Optional<Waiting> waiting() {
        Instant now = clock.instant();
        List<Instant> ahead = Run.withOpen(journal).stream()
                .flatMap(run -> run.open().stream())
                .map(operation -> over(operation, now))
                .filter(now::isBefore)
                .toList();
        return ahead.stream().max(Comparator.naturalOrder()).map(last -> new Waiting(ahead.size(), last));
    }

    /** From when on an open operation can be looked at: nothing of it is under way any more, and its system takes requests. */
    public static Instant lookAt(OperationRecord open, Instant now) {
        Instant over = over(open, now);
        return ResumeAt.of(open)
                .filter(limit -> limit.isAhead(now))
                .map(ResumeAt::instant)
                .filter(over::isBefore)
                .orElse(over);
    }

    private static Instant over(OperationRecord open, Instant now) {
        return Settling.over(open.intent().orElseThrow(), now);
    }

    /** As {@link #settleAll}, without what its system takes no requests for yet: that stays open. */
    Settled settleInTime(Note note) {
        return settle(
                operation -> ResumeAt.of(operation)
                        .filter(until -> until.isAhead(clock.instant()))
                        .isEmpty(),
                note);
    }

    private Settled settle(Predicate<OperationRecord> wanted, Note note) {
        int found = 0;
        int left = 0;
        Instant seen = clock.instant();
        for (Run run : Run.withOpen(journal)) {
            found += run.open().size();
            settle(run, wanted, seen, note);
            left += Run.find(journal, run.id()).orElseThrow().open().size();
        }
        return new Settled(found, left);
    }

    /** How many operations wait, and until when the last of them does. */
    public record Waiting(int operations, Instant until) {}

    /** How many intents were open, and how many still are. */
    public record Settled(int found, int left) {}

    private void settle(Run run, Predicate<OperationRecord> wanted, Instant seen, Note note) {
        Situation situation = new Situation(run, note.actor(), journal, systems, clock, Duration.ZERO);
        for (OperationRecord record : run.open().stream().filter(wanted).toList()) {
            Entry intent = record.intent().orElseThrow();
            Instant over = Settling.over(intent, seen);
            LOG.info(
                    "run {}: operation {} on {} was announced and its end is not recorded; looking after {}",
                    run.id(),
                    record.id(),
                    record.ref(),
                    over);
            pause.until(over, clock, stop);
            if (clock.instant().isBefore(over)) {
                return;
            }
            settle(situation, record, intent);
        }
    }

    /** One that cannot be looked at must not keep the others from being settled. */
    private static void settle(Situation situation, OperationRecord record, Entry intent) {
        try {
            look(situation, record, intent);
        } catch (JournalException | UnknownConnection | ConnectorException e) {
            LOG.warn("operation {} on {} stays unsettled: {}", record.id(), record.ref(), e.getMessage());
            situation.journal().append(Entries.unsettled(intent, situation.actor(), String.valueOf(e.getMessage())));
        }
    }

    private static void look(Situation situation, OperationRecord record, Entry intent) {
        Run run = situation.run();
        PlannedOperation operation = Plans.find(situation.journal(), run.plan()).stream()
                .flatMap(plan -> plan.operations().stream())
                .filter(planned -> planned.id().equals(record.id()))
                .findFirst()
                .orElseThrow(() -> new JournalException("the plan of run " + run.id() + ", or operation " + record.id()
                        + " in it, is missing from the journal"))
                .at(record.ref());
        List<PlannedOperation> one = List.of(operation);
        Batch batch = operation.sign() == '+' ? new RevertBatch(situation, one) : new ApplyBatch(situation, one);
        batch.settleLate(List.of(new Batch.Sent(operation, intent, Entries.task(intent, situation.journal()))));
    }
}
