package dev.sweepback.run;

import dev.sweepback.plan.Item;
import java.time.Instant;
import java.util.List;

/**
 * What a look at all that a tripwire watches has found.
 *
 * @param watched how many things that are
 * @param trips what is used, and is put back
 * @param notKnown of which it is not known whether they are used, and why: neither put back nor removed meanwhile
 */
public record Looked(Instant at, int watched, List<Trip> trips, List<Item> notKnown) {

    public Looked {
        trips = List.copyOf(trips);
        notKnown = List.copyOf(notKnown);
    }
}
