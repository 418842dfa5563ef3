package dev.sweepback.job;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.SecretRef;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code sweepback.yaml} says.
 *
 * @param connections by name, in the order of the file
 * @param clockSkew how far the clocks of other systems may be off
 */
public record Settings(
        String environment,
        Map<String, Connection> connections,
        Store store,
        Server server,
        Duration clockSkew,
        Source source) {

    public Settings {
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
    }

    public Optional<Connection> connection(String name) {
        return Optional.ofNullable(connections.get(name));
    }

    /**
     * Where the journal is.
     *
     * @param url {@code jdbc:sqlite:FILE}, relative to the home folder
     * @param key the key that wraps snapshots; a relative file is relative to the home folder
     */
    public record Store(String url, SecretRef key) {}

    /** Where the daemon listens. */
    public record Server(String host, int port) {}
}
