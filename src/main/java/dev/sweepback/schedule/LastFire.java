package dev.sweepback.schedule;

import dev.sweepback.job.Cron;
import dev.sweepback.job.Job;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Finds the fire time before an instant: cron expressions only tell the next one. */
final class LastFire {

    /** Longer than the gap between two 29ths of February around a year that is no leap year. */
    private static final Duration FARTHEST = Duration.ofDays(9 * 366);

    private LastFire() {}

    /** The last fire time at or before {@code now}; empty if there was none in the last nine years. */
    static Optional<Instant> before(Cron cron, Job.Schedule schedule, Instant now) {
        Instant early = now.minus(FARTHEST).truncatedTo(ChronoUnit.SECONDS);
        if (fire(cron, schedule, early).filter(fire -> !fire.isAfter(now)).isEmpty()) {
            return Optional.empty();
        }
        // The next fire time grows with the instant asked from: halve the span until a second is left.
        Instant late = now.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        while (Duration.between(early, late).compareTo(Duration.ofSeconds(1)) > 0) {
            Instant middle = early.plusSeconds(Duration.between(early, late).toSeconds() / 2);
            boolean fits = fire(cron, schedule, middle)
                    .filter(fire -> !fire.isAfter(now))
                    .isPresent();
            if (fits) {
                early = middle;
            } else {
                late = middle;
            }
        }
        return fire(cron, schedule, early);
    }

    private static Optional<Instant> fire(Cron cron, Job.Schedule schedule, Instant after) {
        return cron.next(schedule.cron(), schedule.zone(), after);
    }
}
