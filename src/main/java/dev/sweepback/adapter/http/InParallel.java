package dev.sweepback.adapter.http;

import dev.sweepback.connector.SendWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The same work for many items at once, answered in the order asked. It keeps to the send window of the caller, and nothing
 * of it is under way any more when it returns.
 */
public final class InParallel {

    private InParallel() {}

    /** The first failure ends the whole: what has not begun by then is not begun. */
    public static <T, R> List<R> map(int threads, List<T> items, Function<T, R> work) {
        if (threads <= 1 || items.size() <= 1) {
            return items.stream().map(work).toList();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()), task -> {
            Thread thread = new Thread(task, "in-parallel");
            thread.setDaemon(true);
            return thread;
        });
        try {
            Function<T, R> part = SendWindow.handedOn(work);
            List<Future<R>> answers = new ArrayList<>(items.size());
            for (T item : items) {
                answers.add(pool.submit(() -> part.apply(item)));
            }
            List<R> results = new ArrayList<>(items.size());
            for (Future<R> answer : answers) {
                results.add(answer.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException("the work threw a checked exception", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while working in parallel", e);
        } finally {
            pool.shutdownNow();
            awaitEnd(pool);
        }
    }

    private static void awaitEnd(ExecutorService pool) {
        boolean interrupted = Thread.interrupted();
        while (!pool.isTerminated()) {
            try {
                pool.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
