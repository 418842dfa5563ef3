package dev.sweepback.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Comes once a minute, and at once when there is news. News that come while it is under way are not lost. */
final class Round {

    static final Duration EVERY = Duration.ofMinutes(1);

    private final Clock clock;
    private volatile Instant last = Instant.MIN;
    private volatile Instant next = Instant.MIN;
    private volatile boolean news = true;

    Round(Clock clock) {
        this.clock = clock;
    }

    void news() {
        news = true;
    }

    /** A clock that was set back makes nothing wait. */
    boolean isTime() {
        Instant now = clock.instant();
        return news || now.isBefore(last) || !now.isBefore(next);
    }

    void begin() {
        news = false;
        last = clock.instant();
        next = last.plus(EVERY);
    }
}
