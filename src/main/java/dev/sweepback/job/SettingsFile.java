package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.SecretRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes settings of a file that has the right structure. */
final class SettingsFile {

    private static final String VAULT = "vault";
    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final Duration LARGEST_SKEW = Duration.ofHours(24);

    private final Values file;
    private final Source source;
    private final Catalog catalog;
    private final List<Description> descriptions;
    private final Findings findings;

    private SettingsFile(
            Values file, Source source, Catalog catalog, List<Description> descriptions, Findings findings) {
        this.file = file;
        this.source = source;
        this.catalog = catalog;
        this.descriptions = descriptions;
        this.findings = findings;
    }

    static Settings read(Node node, Source source, Catalog catalog, List<Description> descriptions, Findings findings) {
        return new SettingsFile(Values.of(node), source, catalog, descriptions, findings).read();
    }

    private Settings read() {
        Values listed = file.section("connections");
        ConnectionSection each =
                new ConnectionSection(file.text("environment"), source, catalog, descriptions, findings);
        Map<String, Connection> connections = new LinkedHashMap<>();
        for (String name : listed.names()) {
            connections.put(name, each.read(name, listed.section(name)));
        }
        connections.values().forEach(connection -> vaults(connection, listed.section(connection.name()), connections));
        Values store = file.section("store");
        // not made absolute: it is relative to the home folder, which settings do not know
        SecretRef key = SecretRef.parse(store.find("key").orElse("file:sweepback.key"), Path.of(""));
        if (key instanceof SecretRef.Vault vault) {
            vault(vault, store.place("key"), connections);
        }
        Duration skew = file.duration("clockSkew", SKEW);
        if (skew.compareTo(LARGEST_SKEW) > 0) {
            findings.add(
                    file.place("clockSkew"),
                    "'clockSkew' is " + Durations.print(skew),
                    "at most " + Durations.print(LARGEST_SKEW),
                    "set the clocks");
        }
        return new Settings(
                file.text("environment"),
                connections,
                new Settings.Store(store.find("url").orElse("jdbc:sqlite:sweepback.db"), key),
                server(file.section("server"), connections),
                skew,
                descriptions,
                Freezes.read(file, findings),
                actors(file.section("actors")),
                source);
    }

    private static Map<String, List<String>> actors(Values section) {
        Map<String, List<String>> actors = new LinkedHashMap<>();
        for (String actor : section.names()) {
            actors.put(actor, section.items(actor).stream().map(Values::scalar).toList());
        }
        return actors;
    }

    private Settings.Server server(Values server, Map<String, Connection> connections) {
        String listen = server.find("listen").orElse("127.0.0.1:8443");
        int colon = listen.lastIndexOf(':');
        SignalSettings signals = new SignalSection(
                        source, findings, (reference, place) -> vault(reference, place, connections))
                .read(server.section("signals"));
        return new Settings.Server(listen.substring(0, colon), Integer.parseInt(listen.substring(colon + 1)), signals);
    }

    private static Place place(Values values, String key) {
        int dot = key.indexOf('.');
        return dot < 0 ? values.place(key) : place(values.section(key.substring(0, dot)), key.substring(dot + 1));
    }

    private void vaults(Connection connection, Values values, Map<String, Connection> connections) {
        connection.secrets().forEach((key, secret) -> {
            Place place = place(values, key);
            // every connection of a cycle finds it; once is enough
            if (secret instanceof SecretRef.Vault vault && vault(vault, place, connections) && findings.none()) {
                Cycles.from(connection.name(), uses(connections))
                        .ifPresent(path -> findings.add(
                                place,
                                "the secrets of '" + connection.name() + "' need themselves: " + path,
                                "a chain of references that ends",
                                "give one of them a secret by env: or file:"));
            }
        });
    }

    private boolean vault(SecretRef.Vault reference, Place place, Map<String, Connection> connections) {
        Connection target = connections.get(reference.connection());
        List<String> vaults = connections.values().stream()
                .filter(connection -> connection.type().equals(VAULT))
                .map(Connection::name)
                .toList();
        if (target == null || !target.type().equals(VAULT)) {
            findings.add(
                    place,
                    "a secret is said to be in '" + reference.connection() + "', which is no connection of type vault",
                    vaults.isEmpty() ? "a connection of type vault" : "one of " + String.join(", ", vaults),
                    Nearest.hint(reference.connection(), vaults, "add the connection, or correct the reference"));
            return false;
        }
        return true;
    }

    private static Map<String, List<String>> uses(Map<String, Connection> connections) {
        Map<String, List<String>> uses = new HashMap<>();
        for (Connection connection : connections.values()) {
            List<String> vaults = new ArrayList<>();
            for (SecretRef secret : connection.secrets().values()) {
                if (secret instanceof SecretRef.Vault vault) {
                    vaults.add(vault.connection());
                }
            }
            uses.put(connection.name(), vaults);
        }
        return uses;
    }
}
