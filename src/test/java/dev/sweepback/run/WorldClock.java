package dev.sweepback.run;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that moves only when told, or when somebody waits for it. */
public final class WorldClock extends Clock implements Pause {

    private Instant now = Instant.parse("2026-11-02T20:00:00Z");

    @Override
    public synchronized void until(Instant instant) {
        now = instant.isAfter(now) ? instant : now;
    }

    @Override
    public synchronized Instant instant() {
        return now;
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
