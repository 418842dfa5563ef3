package dev.sweepback.connector;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the record tells of who created what, for a reversal whose resource comes back under another id and may then look like
 * others. Read when asked.
 */
public interface Provenance {

    /** Where there is no record: the reversal may have been sent, and nothing is known of others. */
    Provenance NONE = new Provenance() {
        @Override
        public boolean isAnnounced() {
            return true;
        }

        @Override
        public Set<ResourceRef> thereBefore() {
            return Set.of();
        }

        @Override
        public Optional<Instant> actedAt() {
            return Optional.empty();
        }

        @Override
        public Map<ResourceRef, OperationId> creators() {
            return Map.of();
        }

        @Override
        public List<OperationId> suspects(ResourceRef resource) {
            return List.of();
        }
    };

    /** Whether the reversal may have been sent: before its intent it has created nothing. */
    boolean isAnnounced();

    /** What looked like it when it was announced ({@link Look#alike}), and so is not of its making. */
    Set<ResourceRef> thereBefore();

    /** When the action that is taken back was announced. */
    Optional<Instant> actedAt();

    /** Which reversals are known to have created what, on the same connection. */
    Map<ResourceRef, OperationId> creators();

    /** The other reversals that may have created this: announced, not settled, and to the same state. */
    List<OperationId> suspects(ResourceRef resource);
}
