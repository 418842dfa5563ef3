package dev.sweepback.connector;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a record of one action and nothing else tells. */
record ActedAt(Instant instant) implements Provenance {

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
        return Optional.of(instant);
    }

    @Override
    public Map<ResourceRef, OperationId> creators() {
        return Map.of();
    }

    @Override
    public List<OperationId> suspects(ResourceRef resource) {
        return List.of();
    }
}
