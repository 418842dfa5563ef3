package dev.sweepback.connector;

import java.time.Instant;

/**
 * Take back {@code action}: bring {@code resource} from {@code after}, the state the action left it in, to {@code
 * before}. {@code after} is {@link State#ABSENT} where the action left nothing.
 *
 * @param operation the reverting operation, not the one that is reverted
 */
public record Reversal(
        OperationId operation,
        ResourceRef resource,
        String action,
        State before,
        State after,
        Instant announcedAt,
        Instructions instructions)
        implements Task {}
