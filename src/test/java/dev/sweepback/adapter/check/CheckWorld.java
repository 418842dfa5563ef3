package dev.sweepback.adapter.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.gate.Measured;
import dev.sweepback.job.Check;
import dev.sweepback.job.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

/** A server on loopback that answers as it is told, and what asks it. */
final class CheckWorld implements AutoCloseable {

    /** What a path is answered with. */
    record Answer(int status, String type, String body, Map<String, String> headers) {}

    static final String TOKEN = "sesame-0815";

    /** Waiting takes no time. */
    private static final class Waiting implements Pause {
        private final AtomicLong waited = new AtomicLong();

        @Override
        public void hold(Duration duration) {
            waited.addAndGet(duration.toNanos());
        }

        @Override
        public long nanos() {
            return System.nanoTime() + waited.get();
        }
    }

    final HttpClients http = new HttpClients(new Waiting(), UnaryOperator.identity());
    final List<String> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final HttpServer server;
    private final Secrets secrets = reference -> {
        if (reference.equals(new SecretRef.Environment("TOKEN"))) {
            return new Secret(TOKEN);
        }
        throw dev.sweepback.connector.ConnectorException.secret(reference, "it is not set", "set it");
    };

    CheckWorld() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
        requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + authorization);
        Answer answer = answers.getOrDefault(
                exchange.getRequestURI().getPath(), new Answer(404, "text/plain", "not here", Map.of()));
        exchange.getResponseHeaders().set("Content-Type", answer.type());
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    CheckWorld with(String path, int status, String body) {
        return with(path, status, body, Map.of());
    }

    CheckWorld with(String path, int status, String body, Map<String, String> headers) {
        answers.put(path, new Answer(status, "application/json", body, headers));
        return this;
    }

    URI url(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** Asked with a token. */
    Endpoint endpoint(String path) {
        return new Endpoint(
                url(path),
                List.of(new Endpoint.Header("Authorization", "Bearer", new SecretRef.Environment("TOKEN"))),
                Optional.empty());
    }

    static Endpoint plain(URI url) {
        return new Endpoint(url, List.of(), Optional.empty());
    }

    Measured ask(Check.Subject subject) {
        return ask(subject, Optional.of("2.4.1"));
    }

    Measured ask(Check.Subject subject, Optional<String> to) {
        return ask(subject, to, Duration.ofSeconds(5));
    }

    Measured ask(Check.Subject subject, Optional<String> to, Duration timeout) {
        AskedOutside outside = new AskedOutside(http, secrets, () -> {
            throw new IllegalStateException("no connection is read here");
        });
        return outside.ask(
                new Check("c", subject, timeout, Duration.ofSeconds(30), 1, Check.OnNoData.HOLD, Optional.empty()), to);
    }

    /** {@code good: EVIDENCE}, {@code bad: REASON} or {@code no data: REASON} */
    static String text(Measured measured) {
        if (measured instanceof Measured.Good good) {
            return "good: " + good.evidence();
        }
        return measured instanceof Measured.Bad bad
                ? "bad: " + bad.reason()
                : "no data: " + ((Measured.NoData) measured).reason();
    }

    List<String> requests() {
        return new ArrayList<>(requests);
    }

    /** Nobody listens any more. */
    void stop() {
        server.stop(0);
    }

    @Override
    public void close() {
        server.stop(0);
        http.close();
    }
}
