package dev.sweepback.schedule;

/**
 * Something that the daemon does by itself.
 *
 * @param job empty where it concerns no single job
 */
public record Task(Kind kind, String job) {

    /** What is to be done. */
    public enum Kind {
        /** Run the job for the oldest upgrade whose gate is open, or go on with its paused run. */
        RUN,
        /** Remove what a quarantine of the job has held long enough. */
        DUE,
        /** Settle what is open, and go on with interrupted undos. */
        SETTLE,
        /** Look whether what quarantines hold is used, and put back what is. */
        TRIPWIRE,
        /** Ask the checks of runs that are watched, and take back what failed checks left to be taken back. */
        BACK_OUT,
        /** Put back what was removed for upgrades that are rolled back. */
        ROLL_BACK;

        /** Whether it puts things back, or finds out what to put back: nothing of that waits behind cleanup. */
        boolean isUndo() {
            return switch (this) {
                case RUN, DUE -> false;
                case SETTLE, TRIPWIRE, BACK_OUT, ROLL_BACK -> true;
            };
        }
    }

    static final Task SETTLE = new Task(Kind.SETTLE, "");

    static final Task TRIPWIRE = new Task(Kind.TRIPWIRE, "");

    static final Task BACK_OUT = new Task(Kind.BACK_OUT, "");

    static final Task ROLL_BACK = new Task(Kind.ROLL_BACK, "");

    static Task run(String job) {
        return new Task(Kind.RUN, job);
    }

    static Task due(String job) {
        return new Task(Kind.DUE, job);
    }
}
