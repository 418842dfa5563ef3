package dev.sweepback.run;

import dev.sweepback.connector.ConnectorException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What goes wrong with the requests to a {@link FakeSystem}. */
final class FakeTroubles {

    /** What becomes of one request: nothing, everything, or everything later. */
    record Trouble(ConnectorException.Kind kind, Optional<Duration> effectAfter) {}

    private final String connection;
    private final Map<String, Trouble> ofRequests = new HashMap<>();
    private final Set<String> inVain = new HashSet<>();
    private final Map<String, ConnectorException.Kind> unreadable = new HashMap<>();
    private final Map<String, ConnectorException.Kind> unreadableUse = new HashMap<>();
    private Optional<Duration> retryAfter = Optional.empty();
    private boolean unlistable;

    FakeTroubles(String connection) {
        this.connection = connection;
    }

    synchronized void refuse(String id, ConnectorException.Kind kind) {
        ofRequests.put(id, new Trouble(kind, Optional.empty()));
    }

    synchronized void answerLost(String id, ConnectorException.Kind kind, Duration effectAfter) {
        ofRequests.put(id, new Trouble(kind, Optional.of(effectAfter)));
    }

    synchronized void acceptInVain(String id) {
        inVain.add(id);
    }

    /** Whether the next request about the thing has no effect, which is the last that it befalls. */
    synchronized boolean isInVain(String id) {
        return inVain.remove(id);
    }

    synchronized void unreadable(String id, ConnectorException.Kind kind) {
        unreadable.put(id, kind);
    }

    synchronized void unreadableUse(String id, ConnectorException.Kind kind) {
        unreadableUse.put(id, kind);
    }

    synchronized void readable(String id) {
        unreadable.remove(id);
        unreadableUse.remove(id);
    }

    synchronized void asksToWait(Duration wait) {
        retryAfter = Optional.of(wait);
    }

    synchronized void unlistable(boolean broken) {
        unlistable = broken;
    }

    /** Of the next request about the thing, which is the last that it befalls. */
    synchronized Optional<Trouble> next(String id) {
        return Optional.ofNullable(ofRequests.remove(id));
    }

    synchronized Optional<ConnectorException> reading(String id) {
        return Optional.ofNullable(unreadable.get(id)).map(kind -> error(kind, "cannot be read"));
    }

    synchronized Optional<ConnectorException> readingUse(String id) {
        return Optional.ofNullable(unreadableUse.get(id)).map(kind -> error(kind, "its use cannot be read"));
    }

    synchronized Optional<ConnectorException> listing() {
        return unlistable
                ? Optional.of(error(ConnectorException.Kind.TIMEOUT, "the list was not read to its end"))
                : Optional.empty();
    }

    synchronized ConnectorException error(ConnectorException.Kind kind, String what) {
        return new ConnectorException(kind, connection, what, "try again", retryAfter);
    }
}
