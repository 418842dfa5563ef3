package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import java.util.Collection;

/** Lets tasks happen: at the fire times of the jobs, once a second, or at once. Never the same task twice at a time. */
public interface Timetable {

    /**
     * Begins; may be called once.
     *
     * @param beat called about once a second, never twice at a time
     */
    void start(Runnable beat, TaskRunner tasks);

    /** Replaces the schedules; those that stay the same are not touched. */
    void follow(Collection<Job> jobs);

    /** Lets a task happen soon, on another thread; does nothing if it is waiting already. */
    void now(Task task);

    /** Whether it was started, and neither stopped nor broken since. */
    boolean isRunning();

    /** Begins nothing any more and returns when all that was begun has ended; idempotent. */
    void stop();

    /** Carries out tasks; never throws. */
    interface TaskRunner {
        void carryOut(Task task);
    }
}
