package dev.sweepback.run;

import dev.sweepback.connector.ResourceRef;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Which resources are being acted on right now: never two operations on one, whatever runs they belong to. That only one
 * process acts is the acting lock's business. Thread-safe.
 */
final class Claims {

    private final Set<ResourceRef> held = new HashSet<>();

    /** Takes all of them, or none if one is taken. */
    synchronized boolean take(Collection<ResourceRef> refs) {
        return Collections.disjoint(held, refs) && held.addAll(refs);
    }

    synchronized void release(Collection<ResourceRef> refs) {
        held.removeAll(refs);
    }
}
