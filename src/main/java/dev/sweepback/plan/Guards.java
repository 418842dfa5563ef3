package dev.sweepback.plan;

import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.job.Policy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What holds a single resource back, whether it was just selected or a quarantine has held it. */
public final class Guards {

    private final Policy policy;
    private final Keeps keeps;
    private final Instant now;

    public Guards(Policy policy, Keeps keeps, Instant now) {
        this.policy = policy;
        this.keeps = keeps;
        this.now = now;
    }

    /** Why it is kept: by hand, or in use; empty if nothing keeps it. */
    public Optional<Objection> keeping(Resource resource) {
        return keeps.objection(resource.ref(), now).or(() -> Idle.objection(resource.use(), policy.minIdle(), now));
    }

    /**
     * Why what a quarantine has held long enough is kept all the same: by hand, or as it was used since.
     *
     * @param acted when it was disabled
     * @param watched whether its system tells of use since then, so that a tripwire watches
     */
    public Optional<Objection> keeping(Resource resource, Instant acted, boolean watched) {
        return keeps.objection(resource.ref(), now).or(() -> inUse(resource, acted, watched, policy.minIdle(), now));
    }

    /** The part of it that is asked again right before the removal. */
    public static Optional<Objection> inUse(
            Resource resource, Instant acted, boolean watched, Duration minIdle, Instant now) {
        return watched
                ? Tripwire.objection(resource.use(), acted)
                : Idle.objection(resource.use(), acted, minIdle, now);
    }

    /** Why it must not be touched by a step with these instructions; empty if it may be. */
    public Optional<String> forbidding(Resource resource, Instructions instructions) {
        Optional<String> untouchable = touching(resource, instructions);
        if (untouchable.isPresent()) {
            return untouchable;
        }
        return policy.protects(resource)
                ? Optional.of("protected by policy '" + policy.name() + "'")
                : Optional.empty();
    }

    /** The part of it that does not rest on the policy. */
    public static Optional<String> touching(Resource resource, Instructions instructions) {
        return resource.untouchable()
                .or(() -> resource.collateral()
                        .filter(unused -> !instructions.acceptsCollateral())
                        .map(what -> what + ": the step does not say 'collateral: accept'"));
    }

    /**
     * Why what undo could do about it is not enough; empty if it is.
     *
     * @param irreversible whether its step says that it may be something that cannot be put back
     */
    public Optional<String> forbidding(Reversible reversible, boolean irreversible) {
        Reversibility reversibility = reversible.reversibility();
        if (reversibility.weakerThan(policy.weakest())) {
            return Optional.of("reversibility is " + word(reversible) + ", policy '" + policy.name() + "' allows "
                    + policy.weakest().word());
        }
        return reversibility == Reversibility.NONE && !irreversible
                ? Optional.of(
                        "reversibility is " + word(reversible) + ", and the step does not say 'irreversible: true'")
                : Optional.empty();
    }

    /** With why, where nothing can be put back. */
    private static String word(Reversible reversible) {
        String word = reversible.reversibility().word();
        return reversible.reversibility() == Reversibility.NONE
                        && !reversible.lost().isEmpty()
                ? word + " (" + String.join(", ", reversible.lost()) + ")"
                : word;
    }
}
