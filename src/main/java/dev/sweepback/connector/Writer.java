package dev.sweepback.connector;

import java.util.List;

/**
 * Changes one connection. Batches hold at most {@link Descriptor#batch()} items and are answered per item, in the order
 * asked. Both methods are idempotent: sending a task again that is already done, or half done, ends in the same state.
 * An answer is a claim, not a proof: the caller looks afterwards.
 */
public interface Writer extends AutoCloseable {

    /** Carries out the orders. What is already gone is {@link Answer.Accepted}. */
    List<Answer> apply(List<Order> orders);

    /** Puts resources back from their snapshots, the {@code before} of each reversal. */
    List<Answer> revert(List<Reversal> reversals);

    @Override
    void close();
}
