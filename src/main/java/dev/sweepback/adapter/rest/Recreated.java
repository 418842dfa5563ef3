package dev.sweepback.adapter.rest;

import dev.sweepback.connector.OperationId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Under which new ids the system said that it re-created something, and for which operation, as long as this process lives. */
final class Recreated {

    private final Map<OperationId, String> ids = new ConcurrentHashMap<>();

    void add(OperationId operation, String id) {
        ids.put(operation, id);
    }

    Optional<String> id(OperationId operation) {
        return Optional.ofNullable(ids.get(operation));
    }
}
