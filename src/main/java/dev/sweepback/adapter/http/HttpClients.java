package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secrets;
import dev.sweepback.gate.ClockWatch;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.hc.core5.io.CloseMode;

/**
 * Opens one pooled client and one {@link Line} per connection and shares them between its readers and writers. Closing closes
 * them all.
 */
public final class HttpClients implements AutoCloseable {

    private static final int ANSWER_LIMIT = 1024 * 1024;

    private record Open(ApacheHttp client, Line line) {}

    private final Pause pause;
    private final Optional<Clock> clock;
    private final Optional<ClockWatch> watch;
    private final UnaryOperator<Http> wrapper;
    private final Function<HttpClients, Secrets> secrets;
    private final Map<Connection, Open> opened = new ConcurrentHashMap<>();
    private final Map<Connection, Open> asked = new ConcurrentHashMap<>();
    private final Map<Connection, Session> sessions = new ConcurrentHashMap<>();
    private final ScheduledThreadPoolExecutor deadlines;

    public HttpClients() {
        this(Pause.REAL, UnaryOperator.identity());
    }

    /** Without a password for a proxy. An answer that does not tell the time of its sender says no time of day either. */
    public HttpClients(Pause pause, UnaryOperator<Http> wrapper) {
        this(pause, Optional.empty(), wrapper, HttpClients::withoutSecrets);
    }

    /** Without a password for a proxy. */
    public HttpClients(Clock clock, Pause pause, UnaryOperator<Http> wrapper) {
        this(pause, Optional.of(clock), wrapper, HttpClients::withoutSecrets);
    }

    @SuppressWarnings("unused") // a function of the clients, as the others are
    private static Secrets withoutSecrets(HttpClients clients) {
        return reference -> {
            throw ConnectorException.secret(
                    reference, "nothing resolves secrets here", "remove the password of the proxy");
        };
    }

    /**
     * @param pause how requests wait for limits, and connectors between two looks
     * @param clock for answers that do not tell the time of their sender, and whether a session is about to end
     * @param wrapper decorates every client, right in front of the wire: for tests that stop a process before a request
     *     is sent or after it was answered
     * @param secrets resolve the passwords of proxies; they may need other connections of this
     */
    public HttpClients(
            Pause pause, Optional<Clock> clock, UnaryOperator<Http> wrapper, Function<HttpClients, Secrets> secrets) {
        this(pause, clock, Optional.empty(), wrapper, secrets);
    }

    /** @param watch told of the times that systems tell */
    public HttpClients(
            Pause pause,
            Optional<Clock> clock,
            Optional<ClockWatch> watch,
            UnaryOperator<Http> wrapper,
            Function<HttpClients, Secrets> secrets) {
        this.pause = pause;
        this.clock = clock;
        this.watch = watch;
        this.wrapper = wrapper;
        this.secrets = secrets;
        this.deadlines = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "http-deadlines");
            thread.setDaemon(true);
            return thread;
        });
        deadlines.setRemoveOnCancelPolicy(true);
    }

    /**
     * A client that sends only what is on the list, and that again a few times when the system is busy.
     *
     * @throws ConnectorException if the connection's url, proxy or caFile cannot be used
     */
    public Http reading(Connection connection, ReadList list) {
        return new ReadingHttp(lined(connection, LinedHttp.READS), connection, list);
    }

    /**
     * A client that sends everything, each request once, or again a few times if it was refused unseen as one too many.
     *
     * @throws ConnectorException if the connection's url, proxy or caFile cannot be used
     */
    public Http writing(Connection connection) {
        return lined(connection, LinedHttp.WRITES);
    }

    /**
     * A client for single questions: it sends GET alone, each once, and takes answers of up to 1 MiB.
     *
     * @throws ConnectorException if the url or caFile cannot be used
     */
    public Http asking(Connection connection) {
        Addresses.requireUsable(connection);
        Open open = asked.computeIfAbsent(connection, one -> open(one, ANSWER_LIMIT));
        return new ReadingHttp(lined(connection, open, LinedHttp.NEVER), connection, ReadList.of("GET /**"));
    }

    private Http lined(Connection connection, Predicate<Response> again) {
        Addresses.requireUsable(connection);
        return lined(connection, opened.computeIfAbsent(connection, one -> open(one, ApacheHttp.BODY_LIMIT)), again);
    }

    private Http lined(Connection connection, Open open, Predicate<Response> again) {
        Optional<Dates> dates = clock.flatMap(ours -> watch.map(told -> new Dates(connection.name(), ours, told)));
        return new LinedHttp(wrapper.apply(open.client()), open.line(), clock, dates, again);
    }

    private Open open(Connection connection, int bodyLimit) {
        ApacheHttp client = new ApacheHttp(
                connection, deadlines, reference -> secrets.apply(this).resolve(reference), bodyLimit);
        InParallel.CREW.open(connection.concurrency());
        return new Open(client, new Line(connection, pause));
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

    /** Where nobody said one, it stands still: every session is taken to last until the system says otherwise. */
    public Clock clock() {
        return clock.orElseGet(() -> Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
    }

    public Pause pause() {
        return pause;
    }

    /** One that cannot be closed keeps no other open; what it threw is thrown at the end. */
    @Override
    public void close() {
        List<RuntimeException> failures = new ArrayList<>();
        sessions.values().forEach(session -> closing(session::close, failures));
        sessions.clear();
        close(opened, failures);
        close(asked, failures);
        deadlines.shutdownNow();
        if (!failures.isEmpty()) {
            RuntimeException first = failures.get(0);
            failures.stream().skip(1).forEach(first::addSuppressed);
            throw first;
        }
    }

    private static void close(Map<Connection, Open> clients, List<RuntimeException> failures) {
        clients.forEach((connection, open) -> {
            closing(() -> open.client().close(CloseMode.GRACEFUL), failures);
            InParallel.CREW.close(connection.concurrency());
        });
        clients.clear();
    }

    private static void closing(Runnable close, List<RuntimeException> failures) {
        try {
            close.run();
        } catch (RuntimeException e) {
            failures.add(e);
        }
    }
}
