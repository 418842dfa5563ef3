package dev.sweepback.run;

import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Plan;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.IntNode;

/**
 * When what a run kept only for a time may be gone on with: idle too short, or kept by hand until a date.
 *
 * @param ends when each of these reasons ends
 */
record LookedAtAgain(List<Instant> ends) {

    static LookedAtAgain after(Plan plan, Run run) {
        return new LookedAtAgain(Stream.concat(
                        plan.kept().stream().map(Item::until).flatMap(Optional::stream),
                        run.operations().stream()
                                .map(OperationRecord::end)
                                .flatMap(Optional::stream)
                                .map((Entry end) -> end.data("until"))
                                .flatMap(Optional::stream)
                                .map(Instant::parse))
                .toList());
    }

    /** The earliest of these times, and how many things wait. */
    Draft addTo(Draft finished) {
        return ends.stream()
                .min(Comparator.naturalOrder())
                .map(again -> finished.data("again", again.toString()).data("waiting", IntNode.valueOf(ends.size())))
                .orElse(finished);
    }
}
