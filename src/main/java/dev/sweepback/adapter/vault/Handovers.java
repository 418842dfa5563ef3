package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;

/**
 * Where reissued credentials are left, response-wrapped, one per reverting operation. What is left is a secret until it is
 * unwrapped: it is never logged. Whoever takes it should leave the entry in place until the undo is reported done.
 */
interface Handovers extends HandoverLookup {

    /**
     * Leaves the credential, durable on return. Leaving another one for the same operation takes the first one's place.
     *
     * @throws ConnectorException if it could not be left
     */
    void leave(Handover handover, OperationId operation, WrappedCredential credential);
}
