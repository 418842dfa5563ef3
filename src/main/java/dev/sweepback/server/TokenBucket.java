package dev.sweepback.server;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Lets a number in at once, and then as many a minute, evenly. Not thread-safe. */
final class TokenBucket {

    private static final double NANOS_PER_MINUTE = Duration.ofMinutes(1).toNanos();

    private final int perMinute;
    private double tokens;
    private Instant filled;

    TokenBucket(int perMinute, Instant now) {
        this.perMinute = perMinute;
        this.tokens = perMinute;
        this.filled = now;
    }

    /** Empty for one that is let in; else how long until the next one will be. */
    Optional<Duration> take(Instant now) {
        // Not more than a minute counts, and none while the clock is set back.
        Duration passed = now.isBefore(filled.plus(Duration.ofMinutes(1)))
                ? Duration.between(filled, now)
                : Duration.ofMinutes(1);
        tokens = Math.min(perMinute, tokens + Math.max(0, passed.toNanos()) * perMinute / NANOS_PER_MINUTE);
        filled = now;
        if (tokens >= 1) {
            tokens--;
            return Optional.empty();
        }
        return Optional.of(Duration.ofNanos((long) Math.ceil((1 - tokens) * NANOS_PER_MINUTE / perMinute)));
    }
}
