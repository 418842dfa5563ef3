package dev.sweepback.run;

import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.GateState;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What became of a wish to run. */
public sealed interface RunAnswer {

    /** It ran: finished, stopped, or paused at a closed gate. */
    record Ran(Run run) implements RunAnswer {}

    /** The gate is closed: nothing was begun. */
    record GateClosed(GateState gate) implements RunAnswer {}

    /** A guardrail refuses the plan: nothing was begun. */
    record Refused(List<Refusal> refusals) implements RunAnswer {}

    /**
     * The plan has not the approvals that its policy asks for: nothing was begun.
     *
     * @param until from when on it is too old to be approved
     */
    record NotApproved(PlanId plan, String reason, String remedy, Optional<Instant> until) implements RunAnswer {

        static NotApproved of(Plan plan, Approvals approvals) {
            return new NotApproved(
                    plan.id(),
                    approvals.text(),
                    approvals.rejection().isPresent() ? "make a new plan" : approvals.command(),
                    Optional.of(plan.madeAt().plus(Plan.MAX_AGE).plusSeconds(1)));
        }
    }

    /** Nobody has typed the environment's name, although the plan does what cannot be put back: nothing was begun. */
    record NotConfirmed(String reason, String remedy) implements RunAnswer {}

    /** The plan is too old, was used, or no longer fits: nothing was begun. */
    record Stale(String reason) implements RunAnswer {}
}
