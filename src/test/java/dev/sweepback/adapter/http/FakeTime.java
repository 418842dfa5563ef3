package dev.sweepback.adapter.http;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Waiting takes no time, but that of its own clock. */
final class FakeTime extends Clock implements Pause {

    static final Instant BEGIN = Instant.parse("2026-11-23T21:31:50Z");

    private final List<Duration> pauses = new ArrayList<>();
    private Duration passed = Duration.ZERO;

    synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }

    synchronized void pass(Duration duration) {
        passed = passed.plus(duration);
    }

    @Override
    public synchronized void hold(Duration duration) {
        pauses.add(duration);
        pass(duration);
    }

    @Override
    public synchronized long nanos() {
        return passed.toNanos();
    }

    @Override
    public synchronized Instant instant() {
        return BEGIN.plus(passed);
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
