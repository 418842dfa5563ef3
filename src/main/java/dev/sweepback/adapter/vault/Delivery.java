package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Reversal;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Leaves what undo issued at its hand-over, or takes it back: nothing lives on that nobody can have. */
final class Delivery {

    private final Handovers handovers;
    private final Clock clock;

    Delivery(Handovers handovers, Clock clock) {
        this.handovers = handovers;
        this.clock = clock;
    }

    /**
     * A write whose answer was lost is looked for: it may be there all the same. Where that cannot be told, nothing is
     * taken back that somebody may have by now; a later look tells.
     *
     * @param accessor what finds the credential again
     * @param takeBack ends the credential, and gives the failure back
     * @return the id of the request that left it, if a system told one
     */
    Optional<String> leave(
            Reversal reversal, Wrapped wrapped, String accessor, UnaryOperator<ConnectorException> takeBack) {
        WrappedCredential credential = new WrappedCredential(
                wrapped.token(),
                accessor,
                wrapped.creationPath(),
                clock.instant().plus(wrapped.ttl()),
                reversal.resource().toString());
        try {
            return handovers.leave(reversal.instructions().handover(), reversal.operation(), credential);
        } catch (ConnectorException e) {
            if (!e.mayHaveActed() || !isLeft(reversal, accessor, e)) {
                throw takeBack.apply(e);
            }
            return Optional.empty();
        }
    }

    /** @throws ConnectorException the failure itself, if it cannot be told */
    private boolean isLeft(Reversal reversal, String accessor, ConnectorException failure) {
        try {
            return handovers
                    .find(reversal.instructions().handover(), reversal.operation())
                    .filter(left -> left.accessor().equals(accessor))
                    .isPresent();
        } catch (ConnectorException e) {
            failure.addSuppressed(e);
            throw failure;
        }
    }
}
