package dev.sweepback.plan;

import dev.sweepback.connector.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether what a quarantine holds was used since the action. What cannot be told is neither use nor the lack of it. */
public final class Tripwire {

    /** What is reported so soon after the action may be from before: applications collect what they report. */
    public static final Duration GRACE = Duration.ofMinutes(15);

    /** Why something is not removed. */
    public static final String NOT_KNOWN = "not known whether it is used";

    private Tripwire() {}

    /** When it was used later than the action; empty if it was not, or if that is not known. */
    public static Optional<Instant> usedSince(Use use, Instant acted) {
        return use instanceof Use.At at && isLater(at.instant(), acted) ? Optional.of(at.instant()) : Optional.empty();
    }

    /** Whether the system tells of the whole time since the action. */
    public static boolean isKnown(Use use, Instant acted) {
        return use instanceof Use.At || (use instanceof Use.NeverSince since && !isLater(since.instant(), acted));
    }

    /** Why it must not be removed now that its quarantine is over. */
    public static Optional<Objection> objection(Use use, Instant acted) {
        if (!isKnown(use, acted)) {
            return Optional.of(Objection.lasting(NOT_KNOWN));
        }
        return usedSince(use, acted)
                .map(at -> Objection.lasting("used at " + at + ", after the action: the tripwire puts it back"));
    }

    static boolean isLater(Instant instant, Instant acted) {
        return instant.isAfter(acted.plus(GRACE));
    }
}
