package dev.sweepback.job;

import java.time.Instant;

/**
 * A time in which nothing is removed.
 *
 * @param until not included
 */
public record Freeze(String name, Instant from, Instant until) {

    public Freeze {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("freeze '" + name + "' ends before it begins");
        }
    }
}
