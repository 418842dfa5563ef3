package dev.sweepback.connector;

import dev.sweepback.sandbox.Twin;
import dev.sweepback.sandbox.TwinRequest;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A bench over a fresh twin, which fails when told and keeps what it was asked. */
interface TwinBench extends Bench {

    /** Is closed with this. */
    Twin twin();

    default boolean isWrite(TwinRequest request) {
        return isWrite(request.method(), request.path());
    }

    @Override
    default long changes() {
        return twin().traffic().exchanges().stream()
                .filter(exchange -> isWrite(exchange.method(), exchange.path()))
                .count();
    }

    @Override
    default ObjectNode dump() {
        return twin().dump();
    }

    @Override
    default List<String> secrets() {
        return List.of(twin().token());
    }

    @Override
    default void close() {
        twin().close();
    }
}
