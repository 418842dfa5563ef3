package dev.sweepback.gate;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.job.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks several checks at once, and answers in their order. Its threads are gone when it returns. */
final class SideBySide {

    private static final Logger LOG = LoggerFactory.getLogger(SideBySide.class);
    private static final int THREADS = 8;

    private final Measures measures;

    SideBySide(Measures measures) {
        this.measures = measures;
    }

    List<Measured> ask(List<Check> checks, Optional<String> to) {
        if (checks.size() == 1) {
            return List.of(measured(checks.get(0), to));
        }
        ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, checks.size()), work -> {
            Thread thread = new Thread(work, "checks");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Measured>> futures = new ArrayList<>();
            checks.forEach(check -> futures.add(threads.submit(() -> measured(check, to))));
            return futures.stream().map(SideBySide::result).toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private static Measured result(Future<Measured> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Measured.NoData("asked to stop while it was asked");
        } catch (ExecutionException e) {
            throw new IllegalStateException("what a check throws is no data", e);
        }
    }

    private Measured measured(Check check, Optional<String> to) {
        try {
            return measures.ask(check, to);
        } catch (ConnectorException e) {
            return new Measured.NoData(e.getMessage() + "; " + e.remedy());
        } catch (RuntimeException e) {
            LOG.warn("check '{}': an unexpected error, so it has no data", check.name(), e);
            return new Measured.NoData("an unexpected " + e.getClass().getSimpleName());
        }
    }
}
