package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.io.CloseMode;

/** Opens one pooled client per connection and shares it between its readers and writers. Closing closes them all. */
public final class HttpClients implements AutoCloseable {

    private final Clock clock;
    private final Pause pause;
    private final UnaryOperator<Http> wrapper;
    private final Map<Connection, ApacheHttp> clients = new ConcurrentHashMap<>();
    private final Map<Connection, Session> sessions = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;

    public HttpClients() {
        this(Pause.REAL, UnaryOperator.identity());
    }

    /** Without a clock: every session is taken to last until the system says otherwise. */
    public HttpClients(Pause pause, UnaryOperator<Http> wrapper) {
        this(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), pause, wrapper);
    }

    /**
     * @param clock what tells whether a session is about to end
     * @param pause how reads wait before they are sent again, and connectors between two looks
     * @param wrapper decorates every client, right in front of the wire: for tests that stop a process before a request
     *     is sent or after it was answered
     */
    public HttpClients(Clock clock, Pause pause, UnaryOperator<Http> wrapper) {
        this.clock = clock;
        this.pause = pause;
        this.wrapper = wrapper;
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "http-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * A client that sends only what is on the list, and that again a few times when the system answers 429 or 503.
     *
     * @throws dev.sweepback.connector.ConnectorException if the connection's url cannot be used
     */
    public Http reading(Connection connection, ReadList list) {
        return new ReadingHttp(writing(connection), connection, list, pause);
    }

    /**
     * A client that sends everything, each request exactly once.
     *
     * @throws dev.sweepback.connector.ConnectorException if the connection's url cannot be used
     */
    public Http writing(Connection connection) {
        Addresses.requireUsable(connection);
        return wrapper.apply(clients.computeIfAbsent(connection, it -> new ApacheHttp(it, deadlines)));
    }

    /**
     * What all readers and writers of a connection share besides the client, such as a login; made when first asked for. It
     * is closed before the clients are, so that it can take its leave.
     *
     * @param make sends nothing
     */
    public <S extends Session> S session(Connection connection, Class<S> type, Supplier<S> make) {
        return type.cast(sessions.computeIfAbsent(connection, unused -> make.get()));
    }

    public Clock clock() {
        return clock;
    }

    public Pause pause() {
        return pause;
    }

    @Override
    public void close() {
        sessions.values().forEach(Session::close);
        sessions.clear();
        clients.values().forEach(client -> client.close(CloseMode.GRACEFUL));
        clients.clear();
        deadlines.shutdownNow();
    }
}
