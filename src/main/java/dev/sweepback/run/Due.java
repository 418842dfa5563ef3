package dev.sweepback.run;

import dev.sweepback.plan.Plan;
import java.util.List;

/**
 * What is due of one run.
 *
 * @param plan without operations if nothing can be removed
 * @param endings what needs to be held no longer, as it can never be removed by this run
 */
public record Due(Plan plan, Terms terms, List<Ending> endings) {

    public Due {
        endings = List.copyOf(endings);
    }

    /** Whether running it does or records anything. */
    public boolean hasWork() {
        return !plan.operations().isEmpty() || !endings.isEmpty();
    }

    /** Whether something is due that could not be looked at. */
    public boolean isUnclear() {
        return !plan.unclear().isEmpty();
    }

    boolean isWorthSaying() {
        return hasWork()
                || isUnclear()
                || !plan.kept().isEmpty()
                || !plan.blocked().isEmpty();
    }
}
