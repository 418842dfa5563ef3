package dev.sweepback.adapter.http;

import java.time.Duration;

/**
 * Until when a system takes no more requests. What somebody has waited for has passed for all, also where a pause returns at once,
 * as in tests. Safe for use from several threads.
 */
final class Barrier {

    private final Pause pause;
    private final long begun;
    private long reached;
    private long opens;
    private String until = "";

    Barrier(Pause pause) {
        this.pause = pause;
        this.begun = pause.nanos();
    }

    /** On the monotonic clock, since this was made. */
    synchronized long now() {
        reached = Math.max(reached, pause.nanos() - begun);
        return reached;
    }

    /** @param words when that is, for messages: {@code , until 2026-11-25T01:00:00Z}; may be empty */
    synchronized void close(Duration wait, String words) {
        long end = now() + wait.toNanos();
        if (end > opens) {
            opens = end;
            until = words;
        }
    }

    synchronized Duration left() {
        return Duration.ofNanos(Math.max(0, opens - now()));
    }

    synchronized String until() {
        return until;
    }

    /** @throws InterruptedException if the thread is asked to stop meanwhile */
    void hold(Duration wait) throws InterruptedException {
        long end = now() + wait.toNanos();
        pause.hold(wait);
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        reach(end);
    }

    private synchronized void reach(long end) {
        reached = Math.max(reached, end);
    }
}
