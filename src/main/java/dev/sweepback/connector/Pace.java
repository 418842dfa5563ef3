package dev.sweepback.connector;

import java.time.Duration;

/**
 * Spaces things evenly, so that they never go faster than a rate: what was late is not made up for. It knows no clock: all
 * times are nanoseconds of one that the caller reads. Not for several threads at once: who asks lets nobody else ask before it has
 * waited and {@linkplain #passed passed}.
 */
public final class Pace {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final long apart;
    private long next;
    private long gap;

    public Pace(Rate rate) {
        this.apart = (SECOND + rate.perSecond() - 1) / rate.perSecond();
    }

    /** How long until the next may pass; never longer than what passed last calls for, should the clock have been set back. */
    public Duration ahead(long now) {
        return Duration.ofNanos(Math.max(0, Math.min(gap, next - now)));
    }

    /** @param count how many passed together */
    public void passed(int count, long now) {
        gap = apart * count;
        next = now + gap;
    }
}
