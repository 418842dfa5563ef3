package dev.sweepback.plan;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Permissions;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Usage;
import dev.sweepback.job.Nearest;
import dev.sweepback.job.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The readers of the connections, opened when first asked for. Nothing here can write. */
public final class Readers implements AutoCloseable {

    private final Catalog catalog;
    private final Settings settings;
    private final Map<String, Reader> open = new HashMap<>();

    public Readers(Catalog catalog, Settings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /** @throws UnknownConnection if the settings have no such connection, or its type no such kind */
    public synchronized Reader of(String connection, String kind) {
        return open.computeIfAbsent(
                connection + " " + kind, key -> connector(connection, kind).reader(connection(connection)));
    }

    public Connector connector(String connection, String kind) {
        String type = connection(connection).type();
        return catalog.get(type, kind).orElseThrow(() -> {
            List<String> kinds =
                    catalog.ofType(type).stream().map(Descriptor::kind).toList();
            return new UnknownConnection(
                    "connection '" + connection + "' has no resources of kind '" + kind + "'",
                    Nearest.hint(kind, kinds, "it has: " + String.join(", ", kinds)));
        });
    }

    /**
     * Whether the resource's system tells of its use after an action, so that a tripwire works.
     *
     * @throws UnknownConnection as {@link #connector}
     */
    public boolean tellsUse(ResourceRef ref) {
        return connector(ref.connection(), ref.kind()).descriptor().tellsUse();
    }

    /** What the connection's credential must be allowed; empty if its connector does not know. */
    public Optional<Permissions> permissions(String name, Usage usage) {
        Connection connection = connection(name);
        return catalog.ofType(connection.type()).stream()
                .findFirst()
                .flatMap(any -> connector(name, any.kind()).permissions(connection, usage));
    }

    public Connection connection(String name) {
        return settings.connection(name)
                .orElseThrow(() -> new UnknownConnection(
                        "there is no connection '" + name + "' in "
                                + settings.source().path(),
                        Nearest.hint(
                                name,
                                settings.connections().keySet(),
                                "add it under connections, or correct the name")));
    }

    @Override
    public synchronized void close() {
        open.values().forEach(Reader::close);
        open.clear();
    }
}
