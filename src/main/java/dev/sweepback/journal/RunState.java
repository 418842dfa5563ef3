package dev.sweepback.journal;

import java.util.Arrays;
import java.util.Locale;

/** Where a run stands. */
public enum RunState {
    RUNNING,
    PAUSED,
    STOPPED,
    SUCCEEDED,
    PARTIAL,
    FAILED,
    REFUSED,
    UNSETTLED,
    UNDONE;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static RunState of(String word) {
        return Arrays.stream(values())
                .filter(state -> state.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("unknown run state '" + word + "'"));
    }
}
