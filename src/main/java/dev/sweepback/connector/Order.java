package dev.sweepback.connector;

import java.time.Instant;

/** Apply {@code action} to {@code resource}, whose state right now is {@code before}. */
public record Order(
        OperationId operation,
        ResourceRef resource,
        String action,
        State before,
        Instant announcedAt,
        Instructions instructions)
        implements Task {}
