package dev.sweepback.job;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Reads cron expressions as the scheduler does. */
public interface Cron {

    /**
     * The first fire time after an instant, which may lie in the past; empty if there is none any more.
     *
     * @throws IllegalArgumentException with the reason, if it is no cron expression
     */
    Optional<Instant> next(String expression, ZoneId zone, Instant after);
}
