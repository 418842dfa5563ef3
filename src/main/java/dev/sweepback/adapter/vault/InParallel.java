package dev.sweepback.adapter.vault;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** The same read for many items at once, answered in the order asked. */
final class InParallel {

    private InParallel() {}

    /** The first failure ends the whole: what has not begun by then is not begun. */
    static <T, R> List<R> map(int threads, List<T> items, Function<T, R> read) {
        if (threads <= 1 || items.size() <= 1) {
            return items.stream().map(read).toList();
        }
        ExecutorService pool = Executors.newFixedThreadPool(Math.min(threads, items.size()), task -> {
            Thread thread = new Thread(task, "vault-reads");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<R>> answers = new ArrayList<>(items.size());
            for (T item : items) {
                answers.add(pool.submit(() -> read.apply(item)));
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
            throw new IllegalStateException("a read threw a checked exception", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("stopped while reading", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
