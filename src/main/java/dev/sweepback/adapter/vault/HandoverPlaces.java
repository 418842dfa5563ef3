package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import java.util.Optional;

/** The place that a step names, or else the home folder. */
final class HandoverPlaces implements Handovers {

    private final Handovers named;
    private final Handovers local;

    HandoverPlaces(Handovers named, Handovers local) {
        this.named = named;
        this.local = local;
    }

    @Override
    public Optional<String> leave(Handover handover, OperationId operation, WrappedCredential credential) {
        return place(handover).leave(handover, operation, credential);
    }

    @Override
    public Optional<Left> find(Handover handover, OperationId operation) {
        return place(handover).find(handover, operation);
    }

    @Override
    public Optional<String> objection(Handover handover) {
        return place(handover).objection(handover);
    }

    private Handovers place(Handover handover) {
        return handover.connection().isPresent() ? named : local;
    }
}
