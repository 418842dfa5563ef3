package dev.sweepback.plan;

import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The exact, ordered list of operations. A value: made once, kept in the journal, carried out at most once.
 *
 * @param kept selected, but left: in use, kept by hand, already in an earlier step
 * @param blocked selected, but a guard forbids it
 * @param unclear the condition cannot tell: their step stops
 * @param stopped names of the steps that stop
 * @param refusals guardrails that refuse the whole plan; it cannot be run
 * @param relatesTo the run that this plan continues or takes back
 * @param digest over what an approval covers: basis and operations
 */
public record Plan(
        PlanId id,
        Purpose purpose,
        String job,
        Optional<UpgradeId> upgrade,
        Instant madeAt,
        Basis basis,
        List<PlannedOperation> operations,
        List<Item> kept,
        List<Item> blocked,
        List<Item> unclear,
        List<String> stopped,
        List<Count> populations,
        List<Refusal> refusals,
        Optional<RunId> relatesTo,
        String digest) {

    /** A plan older than this is stale. */
    public static final Duration MAX_AGE = Duration.ofHours(24);

    /** How far ahead of now a plan may be made; what is further was made by a clock that was ahead, and would not grow old. */
    private static final Duration MOST_AHEAD = Duration.ofSeconds(60);

    public Plan {
        operations = List.copyOf(operations);
        kept = List.copyOf(kept);
        blocked = List.copyOf(blocked);
        unclear = List.copyOf(unclear);
        stopped = List.copyOf(stopped);
        populations = List.copyOf(populations);
        refusals = List.copyOf(refusals);
    }

    /** Whether the clock that it was made by was ahead. */
    public boolean isAheadOf(Instant now) {
        return madeAt.isAfter(now.plus(MOST_AHEAD));
    }

    /** Why it can no longer be carried out; empty if it can. */
    public Optional<String> staleAgainst(Basis now, Instant instant) {
        if (madeAt.plus(MAX_AGE).isBefore(instant)) {
            return Optional.of("the plan is older than 24 hours");
        }
        if (isAheadOf(instant)) {
            return Optional.of("the plan was made by a clock that was ahead (it says " + madeAt + ", and it is "
                    + instant + "): make a new one");
        }
        String changes = basis.changes(now);
        return changes.isEmpty() ? Optional.empty() : Optional.of("changed since the plan was made: " + changes);
    }
}
