package dev.sweepback.plan;

import java.time.Instant;
import java.util.Optional;

/**
 * Why a resource is left alone.
 *
 * @param until when that ends, if time alone ends it
 */
public record Objection(String reason, Optional<Instant> until) {

    /** One that time alone does not end. */
    public static Objection lasting(String reason) {
        return new Objection(reason, Optional.empty());
    }
}
