package dev.sweepback.gate;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import java.util.List;

/** One thing that must hold before a job may act. Stateless; asked before the first operation and before each wave. */
public interface GateCondition {

    /** A few words, the same in every answer. */
    String name();

    /** Never throws for what it cannot find out: that is {@link Verdict.Unknown}. */
    Verdict ask(Question question);

    /** What it has seen since this was last called, and what whoever acts has to record. */
    default List<Draft> news(Actor actor) {
        return List.of();
    }
}
