package dev.sweepback.adapter.http;

import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that help with work side by side: one crew for the process. It is never larger than the requests that all open
 * connections together may have under way, however much work there is, and gone soon after the last of it.
 */
final class Crew {

    private static final long IDLE_MILLISECONDS = 200;

    private final AtomicInteger names = new AtomicInteger();
    private final ThreadPoolExecutor threads;
    private int places;

    Crew() {
        threads = new ThreadPoolExecutor(
                1, 1, IDLE_MILLISECONDS, TimeUnit.MILLISECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, "in-parallel-" + names.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        threads.allowCoreThreadTimeOut(true);
    }

    /** For a connection that was opened. */
    synchronized void grow(int more) {
        resize(places + more);
    }

    /** For one that was closed. */
    synchronized void shrink(int less) {
        resize(places - less);
    }

    /** How many it may be. */
    synchronized int places() {
        return places;
    }

    private void resize(int size) {
        boolean grows = size > places;
        places = size;
        int most = Math.max(1, size);
        if (grows) {
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
