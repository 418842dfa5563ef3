package dev.sweepback.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Waits until an instant of the clock that Sweepback goes by. */
public interface Pause {

    /** Returns at or after the instant, or earlier if the thread is interrupted, which stays set. */
    void until(Instant instant);

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
