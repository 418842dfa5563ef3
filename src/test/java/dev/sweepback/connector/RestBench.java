package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.rest.RestConnector;
import dev.sweepback.job.Description;
import dev.sweepback.sandbox.Twin;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A described system; the description is believed without a probe. */
abstract class RestBench<T extends Twin> implements TwinBench {

    final T twin;
    private final RestConnector connector;

    RestBench(T twin, HttpClients http, Description description) {
        this.twin = twin;
        connector = new RestConnector(
                http,
                reference -> new Secret(twin.token()),
                new Redaction("key".getBytes(StandardCharsets.UTF_8)),
                description,
                (connection, action) -> Optional.empty());
    }

    @Override
    public Twin twin() {
        return twin;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public ReadList reads() {
        return connector.reads(connection(Connection.Timeouts.DEFAULT));
    }
}
