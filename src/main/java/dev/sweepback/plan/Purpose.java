package dev.sweepback.plan;

import java.util.Arrays;
import java.util.Locale;

/** What a plan is for. */
public enum Purpose {
    /** Removes what an upgrade left behind. */
    CLEANUP,
    /** Removes what a quarantine has held long enough. */
    DUE,
    /** Takes back what a run did. */
    UNDO;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String word) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown purpose '" + word + "'"));
    }
}
