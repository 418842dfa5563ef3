package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import java.util.Optional;

/**
 * Where reissued credentials are left, response-wrapped, one per reverting operation. What is left is a secret until it is
 * unwrapped: it is never logged. Whoever takes it should leave the entry in place until the undo is reported done.
 */
interface Handovers extends HandoverLookup {

    /**
     * Leaves the credential, durable on return. Leaving another one for the same operation takes the first one's place.
     *
     * @return the id of the request that left it, if a system told one
     * @throws ConnectorException if it could not be left
     */
    Optional<String> leave(Handover handover, OperationId operation, WrappedCredential credential);

    /**
     * As a plan says it; that it may not be asked is an objection too.
     *
     * @throws ConnectorException if it cannot be told for the moment
     */
    static Optional<String> objection(HandoverLookup handovers, Handover handover) {
        Optional<String> objection;
        try {
            objection = handovers.objection(handover);
        } catch (ConnectorException e) {
            objection = Optional.of(e.objection());
        }
        return objection.map(why -> "what undo issues again could not be handed over: " + why);
    }
}
