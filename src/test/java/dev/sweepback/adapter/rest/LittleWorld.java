package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Described;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.job.Description;
import dev.sweepback.sandbox.LittleTwin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A little system, its description with other words here and there, and a connector that follows it. */
final class LittleWorld implements AutoCloseable {

    static final String PAGING = "paging: {type: offset, query: offset, sizeQuery: size, size: 50, total: /total}";

    final SettableClock clock = new SettableClock();
    final LittleTwin twin = LittleTwin.start(clock);
    final List<Request> sent = new CopyOnWriteArrayList<>();
    final HttpClients http = new HttpClients(clock::advance, this::listening);
    private final Path folder;
    private String text = read();

    /** What comes back passes through this. */
    UnaryOperator<Response> answering = UnaryOperator.identity();

    /** What a request takes. */
    Duration took = Duration.ofSeconds(1);

    LittleWorld(Path folder) {
        this.folder = folder;
    }

    private static String read() {
        try {
            return Files.readString(Path.of("src/test/resources/little.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Http listening(Http next) {
        return request -> {
            clock.advance(took);
            sent.add(request);
            return answering.apply(next.send(request));
        };
    }

    /** Says something else in the description. */
    LittleWorld saying(String part, String other) {
        if (!text.contains(part)) {
            throw new IllegalArgumentException("the description does not say " + part);
        }
        text = text.replace(part, other);
        return this;
    }

    Description description() {
        return Described.written(folder, "little", text);
    }

    RestConnector connector() {
        return new RestConnector(
                http,
                reference -> new Secret(twin.token()),
                new Redaction("key".getBytes(StandardCharsets.UTF_8)),
                description(),
                (connection, action) -> Optional.empty());
    }

    Connection connection() {
        return new Connection(
                "little",
                "rest:little",
                "test",
                twin.url(),
                Map.of("place", "here"),
                Map.of("token", new SecretRef.Environment("LITTLE_TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
    }

    Population find() {
        try (Reader reader = connector().reader(connection())) {
            return reader.find(Scope.WHOLE);
        }
    }

    void add(int count) {
        for (int index = 0; index < count; index++) {
            twin.add("thing-" + index, true, "live");
        }
    }

    @Override
    public void close() {
        http.close();
        twin.close();
    }
}
