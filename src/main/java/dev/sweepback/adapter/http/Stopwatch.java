package dev.sweepback.adapter.http;

import java.time.Duration;

/** Adds up times, the running one included, in real time. One thread starts and stops it; any may read it. */
final class Stopwatch {

    private long total;
    private long started;
    private boolean running;

    synchronized void start() {
        started = System.nanoTime();
        running = true;
    }

    synchronized void stop() {
        total += System.nanoTime() - started;
        running = false;
    }

    synchronized Duration total() {
        return Duration.ofNanos(running ? total + System.nanoTime() - started : total);
    }
}
