package dev.sweepback.connector;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The one explicit list of connectors. */
public final class Catalog {

    private final Map<String, Connector> connectors = new LinkedHashMap<>();

    /** @throws IllegalArgumentException if two connectors claim the same type and kind */
    public Catalog(List<Connector> list) {
        for (Connector connector : list) {
            String key =
                    key(connector.descriptor().type(), connector.descriptor().kind());
            if (connectors.putIfAbsent(key, connector) != null) {
                throw new IllegalArgumentException("two connectors for " + key);
            }
        }
    }

    public Optional<Connector> get(String type, String kind) {
        return Optional.ofNullable(connectors.get(key(type, kind)));
    }

    public List<Connector> all() {
        return List.copyOf(connectors.values());
    }

    /** The kinds of a connection type; empty if there is no such type. */
    public List<Descriptor> ofType(String type) {
        return connectors.values().stream()
                .map(Connector::descriptor)
                .filter(descriptor -> descriptor.type().equals(type))
                .toList();
    }

    public List<String> types() {
        return connectors.values().stream()
                .map(connector -> connector.descriptor().type())
                .distinct()
                .toList();
    }

    private static String key(String type, String kind) {
        return type + " " + kind;
    }
}
