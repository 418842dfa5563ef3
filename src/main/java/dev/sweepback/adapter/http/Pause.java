package dev.sweepback.adapter.http;

import java.time.Duration;

/** Waits between two requests. Tests pass one that returns at once, or moves a clock. */
@FunctionalInterface
public interface Pause {

    /** Waits on the real clock. */
    Pause REAL = duration -> Thread.sleep(duration.plusNanos(999_999).toMillis());

    /**
     * Returns when the time has passed.
     *
     * @throws InterruptedException if the waiting thread is asked to stop; it may also return then, and leave the thread
     *     interrupted
     */
    void hold(Duration duration) throws InterruptedException;

    /** The time that passes while it waits, as {@link System#nanoTime} tells it: no jump of the wall clock moves it. */
    default long nanos() {
        return System.nanoTime();
    }
}
