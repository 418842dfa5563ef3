package dev.sweepback.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits until an instant of the clock that Sweepback goes by. */
public interface Pause {

    /**
     * Returns at or after the instant; earlier only if the thread is interrupted, which stays set, or if the clock was set back
     * meanwhile: nobody waits longer than was left when it was asked.
     */
    void until(Instant instant);

    /** Waits second by second, so that a process that is asked to end does not wait on; returns early if it is. */
    default void until(Instant instant, Clock clock, StopSignal stop) {
        Duration left = Duration.between(clock.instant(), instant);
        while (left.compareTo(Duration.ZERO) > 0 && !stop.isRaised()) {
            Duration slice = left.compareTo(Duration.ofSeconds(1)) < 0 ? left : Duration.ofSeconds(1);
            until(clock.instant().plus(slice));
            left = left.minus(slice);
        }
    }

    /** Waits in real time. */
    static Pause real(Clock clock) {
        return instant -> {
            Duration left = Duration.between(clock.instant(), instant);
            // The clock may be adjusted a little while somebody waits for it: not to be taken for one that was set
            // back.
            long end = System.nanoTime() + left.plusMillis(100).toNanos();
            while (left.compareTo(Duration.ZERO) > 0
                    && end - System.nanoTime() > 0
                    && !Thread.currentThread().isInterrupted()) {
                try {
                    Thread.sleep(Math.min(left.toMillis(), 1000) + 1);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                left = Duration.between(clock.instant(), instant);
            }
        };
    }
}
