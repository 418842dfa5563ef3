package dev.sweepback.cli;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.job.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the connections' credentials from ending while the daemon has nothing to send: an upgrade may come a day after the last
 * request. On threads of its own, so that a system that does not answer holds up no beat, and no other connection.
 */
final class KeepAlive implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeepAlive.class);

    /** Enough for what lives for two minutes: it is prolonged when a third is left. */
    private static final Duration EVERY = Duration.ofSeconds(30);

    private static final int MOST_THREADS = 4;

    private final Catalog catalog;
    private final Settings settings;
    private final Map<String, String> said = new ConcurrentHashMap<>();
    private final ScheduledExecutorService timer;

    KeepAlive(Catalog catalog, Settings settings) {
        this.catalog = catalog;
        this.settings = settings;
        int threads = Math.max(1, Math.min(MOST_THREADS, settings.connections().size()));
        this.timer = Executors.newScheduledThreadPool(threads, task -> {
            Thread thread = new Thread(task, "keep-alive");
            thread.setDaemon(true);
            return thread;
        });
    }

    KeepAlive start() {
        return start(EVERY);
    }

    KeepAlive start(Duration every) {
        for (Connection connection : settings.connections().values()) {
            ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(
                    () -> keep(connection), every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
        }
        return this;
    }

    /** One that cannot be kept holds up no other. */
    void keep(Connection connection) {
        try {
            catalog.ofType(connection.type()).stream()
                    .findFirst()
                    .flatMap(any -> catalog.get(any.type(), any.kind()))
                    .ifPresent(connector -> connector.keepAlive(connection));
            said.remove(connection.name());
        } catch (ConnectorException e) {
            String what = String.valueOf(e.getMessage());
            if (!timer.isShutdown() && !what.equals(said.put(connection.name(), what))) {
                LOG.warn("{}; remedy: {}; until then its credential may end while nothing is sent", what, e.remedy());
            }
        } catch (RuntimeException e) {
            LOG.error("the credential of connection {} could not be kept; tried again", connection.name(), e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
