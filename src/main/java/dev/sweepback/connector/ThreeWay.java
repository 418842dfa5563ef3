package dev.sweepback.connector;

/** The comparison before, after, now, where a connector needs nothing finer. */
public final class ThreeWay {

    private ThreeWay() {}

    /** How far a task that leads from {@code start} to {@code goal} has come, when {@code now} is seen. */
    public static Progress progress(State start, State goal, State now) {
        if (now.sameAs(goal)) {
            return Progress.DONE;
        }
        return now.sameAs(start) ? Progress.NOT_BEGUN : Progress.FOREIGN;
    }
}
