package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a tripwire should have put back, and its undo failed, in it or in what it needs, for a reason that may pass: to be tried again, ever more seldom. What
 * somebody has changed is no such reason. Reads only what is new each time; thread-safe.
 */
final class FailedTrips {

    /** Of one operation: the last undo that was to take it back, and how many there were. */
    private record Attempt(Trip trip, RunId undo, int number) {}

    private final JournalReader journal;
    private final Clock clock;
    private final Map<OperationId, Attempt> attempts = new LinkedHashMap<>();
    private long seq;

    FailedTrips(JournalReader journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
    }

    /** Those whose time has come. */
    synchronized List<Trip> due() {
        journal.read(Query.of(EntryType.RUN_STARTED).after(seq), entry -> {
            seq = entry.seq();
            for (Trip trip : Trip.read(entry)) {
                int number = Optional.ofNullable(attempts.get(trip.operation()))
                        .map(Attempt::number)
                        .orElse(0);
                attempts.put(trip.operation(), new Attempt(trip, entry.run().orElseThrow(), number + 1));
            }
        });
        List<Trip> due = new ArrayList<>();
        for (Attempt attempt : List.copyOf(attempts.values())) {
            Run undo = Run.find(journal, attempt.undo()).orElseThrow();
            if (undo.finished().isPresent() && undo.open().isEmpty()) {
                if (!isBad(undo, attempt.trip())) {
                    attempts.remove(attempt.trip().operation());
                } else if (isDue(attempt, undo)) {
                    due.add(attempt.trip());
                }
            }
        }
        return due;
    }

    /** Somebody else has taken it back meanwhile. */
    synchronized void forget(Trip trip) {
        attempts.remove(trip.operation());
    }

    /** What it pulled along counts: without that it is not as it was. What the same undo does for another trip does not. */
    private static boolean isBad(Run undo, Trip trip) {
        List<Trip> others = Trip.read(undo.started()).stream()
                .filter(other -> !other.operation().equals(trip.operation()))
                .toList();
        return undo.operations().stream()
                .filter(operation -> others.stream().noneMatch(other -> isOf(operation, other)))
                .filter(operation -> !RunJson.isImpossible(operation))
                .map(OperationRecord::outcome)
                .flatMap(Optional::stream)
                .anyMatch(outcome -> List.of(Outcome.FAILED, Outcome.NOT_DONE, Outcome.PARTLY)
                        .contains(outcome));
    }

    private static boolean isOf(OperationRecord operation, Trip trip) {
        return operation.ref().equals(trip.ref()) || operation.reverts().equals(Optional.of(trip.operation()));
    }

    private boolean isDue(Attempt attempt, Run undo) {
        return Retry.isDue(undo.finished().orElseThrow().time(), attempt.number(), clock.instant());
    }
}
