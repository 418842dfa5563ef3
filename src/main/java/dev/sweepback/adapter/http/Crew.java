package dev.sweepback.adapter.http;

import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that help with work side by side: one crew for the process. It is never larger than what helps the open
 * connection that may have the most requests under way, however many connections there are, as whoever asks works too; and
 * gone soon after the last of the work.
 */
final class Crew {

    private static final long IDLE_MILLISECONDS = 200;

    private final AtomicInteger names = new AtomicInteger();
    private final TreeMap<Integer, Integer> connections = new TreeMap<>();
    private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
            1, 1, IDLE_MILLISECONDS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                Thread thread = new Thread(task, "in-parallel-" + names.incrementAndGet());
                thread.setDaemon(true);
                return thread;
            });

    Crew() {
        threads.allowCoreThreadTimeOut(true);
    }

    /** A connection of this concurrency was opened. */
    synchronized void open(int concurrency) {
        connections.merge(concurrency, 1, Integer::sum);
        resize();
    }

    /** A connection of this concurrency was closed. */
    synchronized void close(int concurrency) {
        connections.computeIfPresent(concurrency, (unused, count) -> count == 1 ? null : count - 1);
        resize();
    }

    /** How many it may be. */
    synchronized int places() {
        return connections.isEmpty() ? 1 : Math.max(1, connections.lastKey() - 1);
    }

    private void resize() {
        int most = places();
        if (most > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(most);
            threads.setCorePoolSize(most);
        } else {
            threads.setCorePoolSize(most);
            threads.setMaximumPoolSize(most);
        }
    }

    /** Somebody helps as soon as somebody is free: who asks must not depend on it. */
    Future<?> help(Runnable work) {
        return threads.submit(work);
    }
}
