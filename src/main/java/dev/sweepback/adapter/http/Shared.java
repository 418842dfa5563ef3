package dev.sweepback.adapter.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Items that several threads take one after the other. Safe for use from several threads. */
final class Shared<T, R> {

    private final List<T> items;
    private final List<@Nullable R> results;
    private int next;
    private int failedAt = Integer.MAX_VALUE;
    private @Nullable Throwable failure;
    private int helping;

    Shared(List<T> items) {
        this.items = List.copyOf(items);
        this.results = new ArrayList<>(Collections.nCopies(items.size(), null));
    }

    /** Takes items until there are none, or one has failed; of several failures the first in order counts. */
    void work(Function<T, R> work) {
        for (int index = take(); index >= 0; index = take()) {
            try {
                done(index, work.apply(items.get(index)));
            } catch (RuntimeException | Error e) {
                failed(index, e);
            }
        }
    }

    /** As {@link #work}, on a thread that the end waits for. */
    void help(Function<T, R> work) {
        begin();
        try {
            work(work);
        } finally {
            end();
        }
    }

    private synchronized int take() {
        return failure == null && next < items.size() ? next++ : -1;
    }

    private synchronized void done(int index, R result) {
        results.set(index, result);
    }

    private synchronized void failed(int index, Throwable cause) {
        if (index < failedAt) {
            failedAt = index;
            failure = cause;
        }
    }

    synchronized boolean failed() {
        return failure != null;
    }

    private synchronized void begin() {
        helping++;
    }

    private synchronized void end() {
        helping--;
        notifyAll();
    }

    /** Returns when no helper works any more, also if the thread is interrupted, which stays set. */
    synchronized void awaitEnd() {
        boolean interrupted = false;
        while (helping > 0) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** After the end. */
    synchronized List<R> results() {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        List<R> whole = new ArrayList<>(results.size());
        for (R result : results) {
            whole.add(Objects.requireNonNull(result));
        }
        return whole;
    }
}
