package dev.sweepback.run;

import java.time.Duration;
import java.time.Instant;

/** When an undo that nobody asked for is tried again: ever more seldom. */
final class Retry {

    private static final Duration FIRST = Duration.ofMinutes(1);
    private static final Duration LAST = Duration.ofHours(1);

    private Retry() {}

    /**
     * Whether it is time. What ended ahead of now ended by a clock that was set back since, which prolongs no wait.
     *
     * @param ended when the last attempt did
     * @param attempts how many there were, from 1
     */
    static boolean isDue(Instant ended, int attempts, Instant now) {
        return now.isBefore(ended) || !now.isBefore(at(ended, attempts));
    }

    private static Instant at(Instant ended, int attempts) {
        Duration wait = FIRST.multipliedBy(1L << Math.min(attempts - 1, 6));
        return ended.plus(wait.compareTo(LAST) < 0 ? wait : LAST);
    }
}
