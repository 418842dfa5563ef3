package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Secrets;
import java.util.Optional;
import java.util.function.Function;

/** In the key/value engine of a Vault, at {@code PATH/OPERATION}. */
final class KeyValueHandovers implements Handovers {

    private final Function<String, Connection> connections;
    private final Secrets secrets;

    KeyValueHandovers(Function<String, Connection> connections, Secrets secrets) {
        this.connections = connections;
        this.secrets = secrets;
    }

    @Override
    public void leave(Handover handover, OperationId operation, WrappedCredential credential) {
        store(handover).write(path(handover, operation), credential.content(operation));
    }

    @Override
    public Optional<String> find(Handover handover, OperationId operation) {
        return store(handover)
                .read(path(handover, operation))
                .map(content -> WrappedCredential.accessor(content, operation))
                .filter(accessor -> !accessor.isEmpty());
    }

    private KeyValue store(Handover handover) {
        return new KeyValue(connections.apply(handover.connection().orElseThrow()), secrets);
    }

    private static String path(Handover handover, OperationId operation) {
        return handover.path() + "/" + operation.value();
    }
}
