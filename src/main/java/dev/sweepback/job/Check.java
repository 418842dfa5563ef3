package dev.sweepback.job;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * What a job asks the outside world before it acts.
 *
 * @param timeout of one question
 * @param interval between two questions
 * @param consecutive how many good answers in a row open the gate; from 1
 * @param maxWait for how long it may hold the gate; empty for ever
 */
public record Check(
        String name,
        Subject subject,
        Duration timeout,
        Duration interval,
        int consecutive,
        OnNoData onNoData,
        Optional<MaxWait> maxWait) {

    public Check {
        if (consecutive < 1 || timeout.isNegative() || timeout.isZero() || interval.isNegative()) {
            throw new IllegalArgumentException("check '" + name + "' needs a time and at least one good answer");
        }
    }

    /** What is asked. */
    public sealed interface Subject
            permits HttpSubject, PrometheusSubject, SqlSubject, VersionSubject, FlagSubject, TcpSubject {

        /** What is asked and expected, in one line; without secrets. */
        String text();
    }

    /** What an answer without data means. */
    public enum OnNoData {
        /** The gate waits. */
        HOLD,
        /** The check has failed. */
        FAIL
    }

    /** What becomes of a check that was not good for so long. */
    public record MaxWait(Duration time, Outcome outcome) {

        /** The end of waiting. */
        public enum Outcome {
            /** The gate stays shut, and says so, until the job is enabled again. */
            GIVE_UP,
            /** The check has failed. */
            FAIL;

            /** As written in a job: {@code give-up}. */
            public String word() {
                return name().toLowerCase(Locale.ROOT).replace('_', '-');
            }
        }
    }
}
