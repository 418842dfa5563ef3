package dev.sweepback.journal;

import java.util.Arrays;
import java.util.Locale;

/** How an operation ended. */
public enum Outcome {
    /** The system is as the operation wanted it. */
    DONE,
    /** It was so already. */
    ALREADY,
    /** The system refused it: nothing was changed. */
    FAILED,
    /** A look found that it never happened: after a crash, a lost answer, or where the system takes no requests for now. */
    NOT_DONE,
    /** Half done, as a look found: to be finished by the next operation on it. */
    PARTLY,
    /** The system is in a state that is not of our making. */
    FOREIGN,
    /** Not begun, with a reason. */
    SKIPPED,
    /** Undo found a later change and left it alone. */
    CONFLICT;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public boolean succeeded() {
        return this == DONE || this == ALREADY;
    }

    /** Whether an action that ended so has changed something, or may have: undo has to see to it. */
    public boolean leavesSomething() {
        return this == DONE || this == PARTLY || this == FOREIGN;
    }

    public static Outcome of(String word) {
        return Arrays.stream(values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown outcome '" + word + "'"));
    }
}
