package dev.sweepback.run;

import dev.sweepback.journal.Run;
import java.time.Instant;
import java.util.Optional;

/**
 * When a run that was paused for a system's limit can be gone on with, as the system says. Nobody does it by himself before.
 *
 * @param paused when it was paused
 */
public record ResumeAt(Instant paused, Instant instant) {

    /** In the entry that pauses a run, and in one that says that a look failed: when requests are taken again. */
    static final String KEY = "resumeAt";

    /** Empty if the run is not paused, or waits for something else than time. */
    public static Optional<ResumeAt> of(Run run) {
        return run.paused()
                .flatMap(entry -> entry.data(KEY).map(at -> new ResumeAt(entry.time(), Instant.parse(at))));
    }

    /** Whether it is still to come. A clock that was set back meanwhile prolongs no wait. */
    public boolean isAhead(Instant now) {
        return now.isBefore(instant) && !now.isBefore(paused);
    }
}
