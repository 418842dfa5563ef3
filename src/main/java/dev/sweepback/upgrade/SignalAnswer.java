package dev.sweepback.upgrade;

/**
 * What became of a signal.
 *
 * @param what in a sentence
 * @param remedy what to do; empty if nothing is wrong
 */
public record SignalAnswer(Verdict verdict, String what, String remedy) {

    /** Only the first is recorded. */
    public enum Verdict {
        RECORDED,
        /** The event is on record, or the upgrade has made this move. */
        ALREADY,
        UNKNOWN_UPGRADE,
        OTHER_ENVIRONMENT,
        /** Not from where the upgrade stands. */
        NOT_POSSIBLE
    }
}
