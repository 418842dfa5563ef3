package dev.sweepback.gate;

import dev.sweepback.job.Durations;
import java.time.Duration;
import java.time.Instant;

/** How much time is left, for people. */
final class Left {

    private Left() {}

    static String text(Instant now, Instant then) {
        long minutes = Math.max(1, Duration.between(now, then).plusSeconds(59).toMinutes());
        return Durations.print(Duration.ofMinutes(minutes)) + " left";
    }
}
