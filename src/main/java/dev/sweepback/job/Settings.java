package dev.sweepback.job;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.SecretRef;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code sweepback.yaml} says.
 *
 * @param connections by name, in the order of the file
 * @param clockSkew how far the clocks of other systems may be off
 * @param freezes times in which nothing is removed
 * @param actors which roles somebody has: {@code local:<uid>} for a person at the command line
 * @param descriptions the systems that files beside it describe
 */
public record Settings(
        String environment,
        Map<String, Connection> connections,
        Store store,
        Server server,
        Duration clockSkew,
        List<Description> descriptions,
        List<Freeze> freezes,
        Map<String, List<String>> actors,
        Source source) {

    public Settings {
        descriptions = List.copyOf(descriptions);
        freezes = List.copyOf(freezes);
        actors = Map.copyOf(actors);
        connections = Collections.unmodifiableMap(new LinkedHashMap<>(connections));
    }

    /** Without descriptions, freezes and roles. */
    public Settings(
            String environment,
            Map<String, Connection> connections,
            Store store,
            Server server,
            Duration clockSkew,
            Source source) {
        this(environment, connections, store, server, clockSkew, List.of(), List.of(), Map.of(), source);
    }

    /** The description of a connection's system, if it is one that a file describes. */
    public Optional<Description> description(Connection connection) {
        return descriptions.stream()
                .filter(description -> description.type().equals(connection.type()))
                .findFirst();
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

    /** Where the daemon listens, and to whom. */
    public record Server(String host, int port, SignalSettings signals) {
        public Server(String host, int port) {
            this(host, port, SignalSettings.NONE);
        }
    }
}
