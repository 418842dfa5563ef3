package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.time.Duration;
import java.util.Optional;

/**
 * Refuses everything that is not on the read list before it is sent. What it sends it may send again, a few times, when
 * the system asks to come back soon.
 */
final class ReadingHttp implements Http {

    private static final int ATTEMPTS = 4;
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final Http next;
    private final Connection connection;
    private final ReadList list;
    private final Pause pause;

    ReadingHttp(Http next, Connection connection, ReadList list, Pause pause) {
        this.next = next;
        this.connection = connection;
        this.list = list;
        this.pause = pause;
    }

    @Override
    public Response send(Request request) {
        Addresses.requireStraight(connection, request);
        if (!list.allows(request.method(), relative(request))) {
            throw new ConnectorException(
                    Kind.NOT_A_READ,
                    connection.name(),
                    "a reader tried to send " + request + ", which is not on its read list; nothing was sent",
                    "this is a defect of the connector: please report it");
        }
        for (int attempt = 1; ; attempt++) {
            Response response = next.send(request);
            Optional<Duration> wait = wait(response, attempt);
            if (wait.isEmpty() || !held(wait.get())) {
                return response;
            }
        }
    }

    private static Optional<Duration> wait(Response response, int attempt) {
        if (attempt == ATTEMPTS || (response.status() != 429 && response.status() != 503)) {
            return Optional.empty();
        }
        Duration asked = response.retryAfter().orElse(Duration.ofSeconds(attempt));
        return asked.compareTo(LONGEST_WAIT) > 0 ? Optional.empty() : Optional.of(asked);
    }

    private boolean held(Duration wait) {
        try {
            pause.hold(wait);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String relative(Request request) {
        String base = Addresses.basePath(connection.url());
        return request.address().isPresent()
                        && !base.isEmpty()
                        && request.path().startsWith(base + "/")
                ? request.path().substring(base.length())
                : request.path();
    }
}
