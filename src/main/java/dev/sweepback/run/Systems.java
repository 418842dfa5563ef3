package dev.sweepback.run;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Writer;
import dev.sweepback.job.Settings;
import dev.sweepback.plan.Readers;
import java.util.HashMap;
import java.util.Map;

/** The systems that a run acts on: readers, and writers opened when first needed. Only the holder of the acting lock has one. */
public final class Systems implements AutoCloseable {

    private final Readers readers;
    private final Map<String, Writer> writers = new HashMap<>();
    private final Claims claims = new Claims();

    public Systems(Catalog catalog, Settings settings) {
        this.readers = new Readers(catalog, settings);
    }

    public Readers readers() {
        return readers;
    }

    Claims claims() {
        return claims;
    }

    Reader reader(String connection, String kind) {
        return readers.of(connection, kind);
    }

    Connector connector(String connection, String kind) {
        return readers.connector(connection, kind);
    }

    Connection connection(String name) {
        return readers.connection(name);
    }

    synchronized Writer writer(String connection, String kind) {
        return writers.computeIfAbsent(
                connection + " " + kind, key -> connector(connection, kind).writer(connection(connection)));
    }

    @Override
    public synchronized void close() {
        writers.values().forEach(Writer::close);
        writers.clear();
        readers.close();
    }
}
