package dev.sweepback.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when told, or when somebody waits for it. */
public final class WorldClock extends Clock implements Pause {

    private Duration set = Duration.ZERO;
    private Instant now = Instant.parse("2026-11-02T20:00:00Z");

    @Override
    public synchronized void until(Instant instant) {
        now = instant.isAfter(now) ? instant : now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** As a clock that nobody sets tells it: {@link #set} alone does not move it. */
    public synchronized long nanos() {
        return Duration.between(Instant.EPOCH, now.minus(set)).toNanos();
    }

    /** Sets it, as an administrator does, by some time. */
    public synchronized void set(Duration by) {
        now = now.plus(by);
        set = set.plus(by);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
