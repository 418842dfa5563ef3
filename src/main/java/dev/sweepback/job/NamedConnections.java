package dev.sweepback.job;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.SecretRef;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The connections that a job names, held against the settings. */
final class NamedConnections {

    /** The types whose flags tell in which environments they are on. */
    private static final List<String> WITH_FLAGS = List.of("unleash", "launchdarkly");

    private final Optional<Settings> settings;
    private final String environment;
    private final Findings findings;

    /**
     * @param settings empty if they have problems: nothing is held against them then
     * @param environment the environment that the job is for
     */
    NamedConnections(Optional<Settings> settings, String environment, Findings findings) {
        this.settings = settings;
        this.environment = environment;
        this.findings = findings;
    }

    Optional<Connection> any(String name, Place place) {
        return find(name, place, "connection", unused -> true);
    }

    void withFlags(String name, Place place) {
        find(
                name,
                place,
                "connection of type " + String.join(" or ", WITH_FLAGS),
                connection -> WITH_FLAGS.contains(connection.type()));
    }

    Optional<Connection> vault(String name, Place place) {
        return find(
                name,
                place,
                "connection of type vault",
                connection -> connection.type().equals("vault"));
    }

    SecretRef secret(String text, Place place, Source source) {
        SecretRef secret = SecretRef.parse(text, source.folder());
        if (secret instanceof SecretRef.Vault reference) {
            vault(reference.connection(), place);
        }
        return secret;
    }

    private Optional<Connection> find(String name, Place place, String noun, Predicate<Connection> fits) {
        if (settings.isEmpty()) {
            return Optional.empty();
        }
        List<String> known = settings.get().connections().values().stream()
                .filter(fits)
                .map(Connection::name)
                .toList();
        Optional<Connection> found = settings.get().connection(name).filter(fits);
        if (found.isEmpty()) {
            findings.add(
                    place,
                    "there is no " + noun + " '" + Format.shortened(name) + "'",
                    known.isEmpty() ? "a " + noun + " in the settings" : "one of " + String.join(", ", known),
                    Nearest.hint(name, known, "add it to the settings, or correct the name"));
            return found;
        }
        if (!found.get().environment().equals(environment)) {
            findings.add(
                    place,
                    "connection '" + name + "' belongs to environment "
                            + found.get().environment() + ", the job to " + environment,
                    "a connection of environment " + environment,
                    "name another connection, or correct after.environment");
        }
        return found;
    }
}
