package dev.sweepback.gate;

/** One thing that must hold before a job may act. Stateless; asked before the first operation and before each wave. */
public interface GateCondition {

    /** A few words, the same in every answer. */
    String name();

    /** Never throws for what it cannot find out: that is {@link Verdict.Unknown}. */
    Verdict ask(Question question);
}
