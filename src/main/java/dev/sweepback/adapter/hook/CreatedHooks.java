package dev.sweepback.adapter.hook;

import dev.sweepback.connector.OperationId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Which hooks a system said that it created, and for which operation, as long as this process lives. */
public final class CreatedHooks {

    private final Map<OperationId, String> ids = new ConcurrentHashMap<>();

    void add(OperationId operation, String id) {
        ids.put(operation, id);
    }

    Optional<String> id(OperationId operation) {
        return Optional.ofNullable(ids.get(operation));
    }
}
