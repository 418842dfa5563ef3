package dev.sweepback.connector;

import java.util.List;

/** The reversibility of one action on one resource, with the fields that will differ after undo. */
public record Reversible(Reversibility reversibility, List<String> lost) {
    public Reversible {
        lost = List.copyOf(lost);
    }
}
