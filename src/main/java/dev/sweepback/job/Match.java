package dev.sweepback.job;

/** What a condition says of one resource. */
public sealed interface Match {

    /** Certainly selected. */
    record Yes() implements Match {}

    /** Not selected, or not for every reading of the other system's clock. */
    record No() implements Match {}

    /** The condition cannot tell: the resource is kept and the step stops. */
    record Unclear(String reason) implements Match {}
}
