package dev.sweepback.connector;

import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.Traffic;
import dev.sweepback.sandbox.TwinRequest;

/** A bench over a fresh twin, which fails when told and keeps what it was asked. */
interface TwinBench extends Bench {

    Faults faults();

    Traffic traffic();

    default boolean isWrite(TwinRequest request) {
        return isWrite(request.method(), request.path());
    }

    @Override
    default long changes() {
        return traffic().exchanges().stream()
                .filter(exchange -> isWrite(exchange.method(), exchange.path()))
                .count();
    }
}
