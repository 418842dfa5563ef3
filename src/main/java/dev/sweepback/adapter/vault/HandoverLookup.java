package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import java.util.Optional;

/** Finds what was left for a reverting operation. */
interface HandoverLookup {

    /**
     * What was left for this operation; empty if nothing was, or whoever it is for took it away.
     *
     * @throws ConnectorException if it cannot be told
     */
    Optional<Left> find(Handover handover, OperationId operation);

    /**
     * Why nothing could be left there; empty if it could. Nothing is changed.
     *
     * @throws ConnectorException if it cannot be told
     */
    Optional<String> objection(Handover handover);
}
