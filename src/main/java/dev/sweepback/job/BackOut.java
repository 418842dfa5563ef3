package dev.sweepback.job;

import java.time.Duration;
import java.util.Locale;

/**
 * What becomes of a cleanup that turns out badly.
 *
 * @param onCheckFailure when a check fails between waves, or while it is watched
 * @param watch how long the checks are asked on after the run; may be zero
 * @param onRollback when the upgrade is rolled back
 */
public record BackOut(OnCheckFailure onCheckFailure, Duration watch, OnRollback onRollback) {

    /** What holds for a job that says nothing. */
    public static final BackOut DEFAULT = new BackOut(OnCheckFailure.STOP, Duration.ZERO, OnRollback.AUTO);

    public BackOut {
        if (watch.isNegative()) {
            throw new IllegalArgumentException("nobody watches for less than no time");
        }
    }

    public enum OnCheckFailure {
        /** The run ends, what it did stays. */
        STOP,
        /** The run ends, its last wave is taken back. */
        UNDO_WAVE,
        /** The run ends, all of it is taken back. */
        UNDO_RUN;

        /** As written in a job: {@code undo-wave}. */
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public enum OnRollback {
        /** It is taken back unasked. */
        AUTO,
        /** A person is asked. */
        ASK,
        /** It stays. */
        NONE;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
