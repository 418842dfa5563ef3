package dev.sweepback.run;

import dev.sweepback.gate.GateState;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Refusal;
import java.util.List;

/** What became of a wish to run. */
public sealed interface RunAnswer {

    /** It ran: finished, stopped, or paused at a closed gate. */
    record Ran(Run run) implements RunAnswer {}

    /** The gate is closed: nothing was begun. */
    record GateClosed(GateState gate) implements RunAnswer {}

    /** A guardrail refuses the plan: nothing was begun. */
    record Refused(List<Refusal> refusals) implements RunAnswer {}

    /** The plan is too old, was used, or no longer fits: nothing was begun. */
    record Stale(String reason) implements RunAnswer {}
}
