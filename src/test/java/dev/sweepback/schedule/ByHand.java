package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** A timetable that a test turns. */
public final class ByHand implements Timetable {

    private final Deque<Task> waiting = new ArrayDeque<>();
    private Runnable beat = () -> {};
    private TaskRunner tasks = task -> {};
    private List<String> scheduled = List.of();
    private boolean running;

    @Override
    public void start(Runnable beat, TaskRunner tasks) {
        this.beat = beat;
        this.tasks = tasks;
        running = true;
    }

    @Override
    public void follow(Collection<Job> jobs) {
        scheduled = jobs.stream()
                .filter(job -> job.schedule().isPresent())
                .map(Job::name)
                .toList();
    }

    @Override
    public void now(Task task) {
        if (!waiting.contains(task)) {
            waiting.add(task);
        }
    }

    /** A second goes by, and all that is handed over is carried out. */
    public void beat() {
        beat.run();
        carryOut();
    }

    /** A fire time of a job has come. */
    public void fire(String job) {
        now(new Task(Task.Kind.RUN, job));
        carryOut();
    }

    /** A fire time comes while something else is carried out. */
    public void fireMeanwhile(String job) {
        tasks.carryOut(new Task(Task.Kind.RUN, job));
    }

    /** Another thread takes a task while something else is carried out. */
    void meanwhile(Task task) {
        tasks.carryOut(task);
    }

    public void carryOut() {
        while (!waiting.isEmpty()) {
            tasks.carryOut(waiting.remove());
        }
    }

    public List<String> scheduled() {
        return scheduled;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public void stop() {
        running = false;
    }
}
