package dev.sweepback.run;

import dev.sweepback.connector.Descriptor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one wave: as many for each connection as it may have operations in flight; one for a connector with batches,
 * which come one after the other, and for what comes back under another id: after a crash it is then known of most which of
 * several that look alike they created. None is left when it is closed, so that the connections of a job do not add up.
 */
final class Lanes implements AutoCloseable {

    private final Map<String, ExecutorService> lanes = new HashMap<>();

    Future<List<Batch.Sent>> submit(Batch batch, Callable<List<Batch.Sent>> work) {
        boolean inOrder = batch.connector.descriptor().batch(batch.reverts()) > 1 || renews(batch);
        String connection = batch.connection.name();
        return lanes.computeIfAbsent(
                        inOrder
                                ? connection + " "
                                        + batch.connector.descriptor().kind()
                                : connection,
                        name -> pool(name, inOrder ? 1 : batch.connection.concurrency()))
                .submit(work);
    }

    /** Whether it puts back what then has another id. */
    private static boolean renews(Batch batch) {
        return batch.reverts()
                && batch.connector
                        .descriptor()
                        .action(batch.operations.get(0).action())
                        .filter(Descriptor.Action::renews)
                        .isPresent();
    }

    private static ExecutorService pool(String name, int threads) {
        return Executors.newFixedThreadPool(threads, runnable -> {
            Thread thread = new Thread(runnable, "operations of " + name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** All that was submitted must have ended: this waits for the threads alone. */
    @Override
    public void close() {
        lanes.values().forEach(ExecutorService::shutdown);
        for (ExecutorService lane : lanes.values()) {
            awaitEnd(lane);
        }
    }

    private static void awaitEnd(ExecutorService lane) {
        boolean interrupted = false;
        while (!lane.isTerminated()) {
            try {
                lane.awaitTermination(1, TimeUnit.MINUTES);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
