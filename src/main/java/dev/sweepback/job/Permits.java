package dev.sweepback.job;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What must hold, beside the limits, before anything is done under a policy.
 *
 * @param approval whose word a plan of cleanup needs; empty for nobody's
 * @param hours empty for any time
 * @param maxPerHour how many operations may be begun in any hour, of all runs under the policy; empty for any number
 * @param confirmsEnvironment whether a person types the environment's name before what cannot be put back is done
 * @param undo whose word an undo needs that somebody asked for; empty for nobody's
 * @param acceptsStatedTimes whether a time counts that was stated afterwards, and not recorded as it happened
 */
public record Permits(
        Optional<Approval> approval,
        Optional<Hours> hours,
        OptionalInt maxPerHour,
        boolean confirmsEnvironment,
        Allow allow,
        Optional<Approval> undo,
        boolean acceptsStatedTimes) {

    /** Of the built-in policy. */
    public static final Permits CAREFUL = new Permits(
            Optional.empty(), Optional.empty(), OptionalInt.empty(), true, Allow.ALL, Optional.empty(), false);

    /** Nothing need hold. */
    public static final Permits ANY = new Permits(
            Optional.empty(), Optional.empty(), OptionalInt.empty(), false, Allow.ALL, Optional.empty(), true);
}
