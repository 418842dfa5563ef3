package dev.sweepback.cli;

import dev.sweepback.run.Pause;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** Tells the time of a story: real time less an offset that shrinks when the story moves on. Waiting in it takes no time. */
final class StoryClock extends Clock implements Pause {

    private Duration behind;

    StoryClock(Duration behind) {
        this.behind = behind;
    }

    /** How far the story is behind real time. */
    synchronized Duration behind() {
        return behind;
    }

    synchronized void moveOn(Duration by) {
        behind = behind.minus(by);
    }

    /** Ends the story: from here on it is real time. */
    synchronized void catchUp() {
        behind = Duration.ZERO;
    }

    @Override
    public void until(Instant instant) {
        Duration left = Duration.between(instant(), instant);
        if (!left.isNegative()) {
            moveOn(left);
        }
    }

    @Override
    public Instant instant() {
        return Instant.now().minus(behind());
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
