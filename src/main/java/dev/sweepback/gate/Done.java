package dev.sweepback.gate;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Purpose;

/**
 * Whether a job was done for an upgrade. A cleanup that came to its end and found nothing to do has done it; one that did nothing
 * because guards blocked what it selected has not.
 */
public final class Done {

    /** In the entry that ends a cleanup which did nothing: how many things were blocked. */
    public static final String BLOCKED = "blocked";

    private Done() {}

    /** @param finished an entry that ends a run */
    public static boolean by(Entry finished) {
        return finished.data("purpose").filter(Purpose.CLEANUP.word()::equals).isPresent()
                && finished.data("state")
                        .filter(RunState.SUCCEEDED.word()::equals)
                        .isPresent()
                && finished.dataNode(BLOCKED).asInt(0) == 0;
    }
}
