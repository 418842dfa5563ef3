package dev.sweepback.adapter.http;

import java.time.Duration;

/** Waits between two requests. Tests pass one that returns at once, or moves a clock. */
@FunctionalInterface
public interface Pause {

    /** Waits on the real clock. */
    Pause REAL = duration -> Thread.sleep(duration.toMillis());

    /** @throws InterruptedException if the waiting thread is asked to stop */
    void hold(Duration duration) throws InterruptedException;
}
