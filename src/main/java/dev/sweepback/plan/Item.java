package dev.sweepback.plan;

import dev.sweepback.connector.ResourceRef;
import java.time.Instant;
import java.util.Optional;

/**
 * A resource that a plan leaves alone, and why.
 *
 * @param until when the reason ends, if time alone ends it
 */
public record Item(String step, ResourceRef ref, String name, String reason, Optional<Instant> until) {

    /** One whose reason time alone does not end. */
    public Item(String step, ResourceRef ref, String name, String reason) {
        this(step, ref, name, reason, Optional.empty());
    }
}
