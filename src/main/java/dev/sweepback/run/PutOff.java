package dev.sweepback.run;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.OperationId;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Operations that a system takes no requests for at the moment: no failure of theirs, they are come back to, in a cleanup and an
 * undo alike. The run is paused for them: a cleanup after the wave, an undo once it has done the rest.
 *
 * @param waits what each was told, and until when
 */
record PutOff(Map<OperationId, Wait> waits) {

    /** Where the system does not say how long. */
    private static final Duration UNTOLD = Duration.ofMinutes(1);

    /** @param until when requests are taken again */
    record Wait(String reason, Instant until) {

        static Wait of(ConnectorException error, Instant now) {
            Instant until = now.plus(error.retryAfter().orElse(UNTOLD));
            // Up to the second: never before the system takes requests.
            return new Wait(error.getMessage() + "; " + error.remedy(), upToTheSecond(until));
        }
    }

    private static Instant upToTheSecond(Instant time) {
        return time.plusSeconds(1).minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
    }

    PutOff {
        waits = Map.copyOf(waits);
    }

    static boolean isBy(ConnectorException error) {
        return error.kind() == Kind.THROTTLED;
    }

    /**
     * What a run has announced, and could not look at for the limit of its system. A wait that is over and was not followed by a
     * look begins anew: a run is never paused until a time that has passed.
     */
    static PutOff unseen(Run run, Instant now) {
        Map<OperationId, Wait> waits = new HashMap<>();
        for (OperationRecord operation : run.open()) {
            String reason = operation.lookFailed().flatMap(Entry::reason).orElse("");
            ResumeAt.of(operation)
                    .map(until -> until.isAhead(now) ? until.instant() : upToTheSecond(now.plus(UNTOLD)))
                    .ifPresent(until -> waits.put(operation.id(), new Wait(reason, until)));
        }
        return new PutOff(waits);
    }

    static PutOff all(List<PutOff> parts) {
        Map<OperationId, Wait> waits = new HashMap<>();
        parts.forEach(part -> waits.putAll(part.waits()));
        return new PutOff(waits);
    }

    PutOff and(PutOff more) {
        return all(List.of(this, more));
    }

    boolean has(OperationId operation) {
        return waits.containsKey(operation);
    }

    /** The wait after which the first of them can be gone on with; it stands for all. */
    Optional<Wait> first() {
        return waits.values().stream().min(Comparator.comparing(Wait::until).thenComparing(Wait::reason));
    }

    Optional<String> reason() {
        return first().map(wait -> (waits.size() == 1 ? "one operation is" : waits.size() + " operations are")
                + " put off: " + wait.reason());
    }
}
