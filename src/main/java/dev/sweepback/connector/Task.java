package dev.sweepback.connector;

import java.time.Instant;

/** One operation as a writer gets it: an {@link Order} to apply or a {@link Reversal}. */
public sealed interface Task permits Order, Reversal {

    OperationId operation();

    /** The resource as it was addressed before the operation. */
    ResourceRef resource();

    /** The action of the order, or the action that the reversal takes back. */
    String action();

    /** The snapshot from right before the (original) operation. */
    State before();

    /** The instant of the intent. */
    Instant announcedAt();

    /** What the step says besides the action; the undo of an operation has those of the operation. */
    Instructions instructions();
}
