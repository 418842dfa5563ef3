package dev.sweepback.gate;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Journal;

/** One thing that must hold before a job may act. Stateless; asked before the first operation and before each wave. */
public interface GateCondition {

    /** A few words, the same in every answer. */
    String name();

    /** Never throws for what it cannot find out: that is {@link Verdict.Unknown}. */
    Verdict ask(Question question);

    /**
     * Records what it has seen and no record tells; each thing once, by who acts.
     *
     * @throws dev.sweepback.journal.JournalException if it could not be recorded; the next call tries it again
     */
    default void note(Journal journal, Actor actor) {}
}
