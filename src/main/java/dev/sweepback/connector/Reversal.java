package dev.sweepback.connector;

import java.time.Instant;

/**
 * Take back {@code action}: bring {@code resource} from {@code after}, the state the action left it in, to {@code
 * before}. {@code after} is {@link State#ABSENT} where the action left nothing.
 *
 * @param operation the reverting operation, not the one that is reverted
 * @param provenance what is recorded of who created what
 */
public record Reversal(
        OperationId operation,
        ResourceRef resource,
        String action,
        State before,
        State after,
        Instant announcedAt,
        Instructions instructions,
        Provenance provenance)
        implements Task {

    /** One of which nothing else is recorded. */
    public Reversal(
            OperationId operation,
            ResourceRef resource,
            String action,
            State before,
            State after,
            Instant announcedAt,
            Instructions instructions) {
        this(operation, resource, action, before, after, announcedAt, instructions, Provenance.NONE);
    }
}
