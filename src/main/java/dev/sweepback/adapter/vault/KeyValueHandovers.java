package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import java.util.Optional;
import java.util.function.Function;

/** In the key/value engine of a Vault, at {@code PATH/OPERATION}. */
final class KeyValueHandovers implements Handovers {

    /** Stands for an operation where what may be done there is asked. */
    private static final OperationId ANY = new OperationId("operation");

    private final Function<String, Connection> connections;
    private final Function<Connection, KeyValue> stores;

    /** @param stores writing ones, or reading ones where nothing may be left */
    KeyValueHandovers(Function<String, Connection> connections, Function<Connection, KeyValue> stores) {
        this.connections = connections;
        this.stores = stores;
    }

    @Override
    public Optional<String> leave(Handover handover, OperationId operation, WrappedCredential credential) {
        return store(handover).write(path(handover, operation), credential.content(operation));
    }

    @Override
    public Optional<Left> find(Handover handover, OperationId operation) {
        String path = path(handover, operation);
        String place = "vault:" + handover.connection().orElseThrow() + "/" + path;
        return store(handover).read(path).flatMap(content -> Left.read(content, operation, place));
    }

    @Override
    public Optional<String> objection(Handover handover) {
        return store(handover).objection(path(handover, ANY));
    }

    private KeyValue store(Handover handover) {
        return stores.apply(connections.apply(handover.connection().orElseThrow()));
    }

    private static String path(Handover handover, OperationId operation) {
        return handover.path() + "/" + operation.value();
    }
}
