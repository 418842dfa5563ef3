package dev.sweepback.run;

import dev.sweepback.journal.Entry;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run that was paused for a system's limit can be gone on with, as the system says. {@code serve} does not do it before.
 *
 * @param paused when it was paused, or could not be looked at
 */
public record ResumeAt(Instant paused, Instant instant) {

    /** In the entry that pauses a run, and in one that says that a look failed: when requests are taken again. */
    static final String KEY = "resumeAt";

    /** Empty if the run is not paused, or waits for something else than time. */
    public static Optional<ResumeAt> of(Run run) {
        return run.paused().flatMap(ResumeAt::of);
    }

    /** For an operation that could not be looked at for a limit; empty for any other. */
    public static Optional<ResumeAt> of(OperationRecord operation) {
        return operation.lookFailed().flatMap(ResumeAt::of);
    }

    private static Optional<ResumeAt> of(Entry entry) {
        return entry.data(KEY).map(at -> new ResumeAt(entry.time(), Instant.parse(at)));
    }

    /** Whether it is still to come. A clock that was set back meanwhile prolongs no wait. */
    public boolean isAhead(Instant now) {
        return now.isBefore(instant) && !now.isBefore(paused);
    }
}
