package dev.sweepback.cli;

import dev.sweepback.job.Job;
import dev.sweepback.schedule.Task;
import dev.sweepback.schedule.Timetable;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts how often a timetable lets runs happen. */
record Counting(Timetable timetable, AtomicInteger runs) implements Timetable {

    @Override
    public void start(Runnable beat, TaskRunner tasks) {
        timetable.start(beat, task -> {
            tasks.carryOut(task);
            if (task.kind() == Task.Kind.RUN) {
                runs.incrementAndGet();
            }
        });
    }

    @Override
    public void follow(Collection<Job> jobs) {
        timetable.follow(jobs);
    }

    @Override
    public void now(Task task) {
        timetable.now(task);
    }

    @Override
    public boolean isRunning() {
        return timetable.isRunning();
    }

    @Override
    public void stop() {
        timetable.stop();
    }
}
