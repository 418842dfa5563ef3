package dev.sweepback.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits until an instant of the clock that Sweepback goes by. */
public interface Pause {

    /** Returns at or after the instant, or earlier if the thread is interrupted, which stays set. */
    void until(Instant instant);

    /** Waits second by second, so that a process that is asked to end does not wait on; returns early if it is. */
    default void until(Instant instant, Clock clock, StopSignal stop) {
        Instant next = clock.instant().plusSeconds(1);
        while (next.isBefore(instant) && !stop.isRaised()) {
            until(next);
            next = next.plusSeconds(1);
        }
        if (!stop.isRaised()) {
            until(instant);
        }
    }

    /** Waits in real time. */
    static Pause real(Clock clock) {
        return instant -> {
            Duration left = Duration.between(clock.instant(), instant);
            while (left.compareTo(Duration.ZERO) > 0 && !Thread.currentThread().isInterrupted()) {
                try {
                    Thread.sleep(left.toMillis() + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                left = Duration.between(clock.instant(), instant);
            }
        };
    }
}
