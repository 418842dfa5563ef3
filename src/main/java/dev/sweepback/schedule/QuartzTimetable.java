package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.UUID;
import org.quartz.CronScheduleBuilder;
import org.quartz.JobBuilder;
import org.quartz.JobKey;
import org.quartz.ObjectAlreadyExistsException;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.SimpleScheduleBuilder;
import org.quartz.Trigger;
import org.quartz.TriggerBuilder;
import org.quartz.TriggerKey;
import org.quartz.impl.StdSchedulerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A timetable on Quartz, in memory: what must survive a restart is in the journal. */
public final class QuartzTimetable implements Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(QuartzTimetable.class);

    private static final int CLEANUP_THREADS = 4;

    /** One for each kind of task, and one for the beat: these are never under way twice. */
    private static final int UNDO_THREADS = 5;

    private static final JobKey BEAT = new JobKey("beat", "daemon");

    private final Scheduler cleanup = scheduler("work", CLEANUP_THREADS);

    /** On threads of its own, as cleanup may wait for hours until a check has been good often enough. */
    private final Scheduler undo = scheduler("undo", UNDO_THREADS);

    private final Map<String, Job.Schedule> followed = new HashMap<>();

    private static Scheduler scheduler(String name, int threads) {
        Properties properties = new Properties();
        // Quartz keeps schedulers by name for the whole process.
        properties.setProperty("org.quartz.scheduler.instanceName", "sweepback-" + UUID.randomUUID());
        properties.setProperty("org.quartz.jobStore.class", "org.quartz.simpl.RAMJobStore");
        properties.setProperty("org.quartz.threadPool.class", "org.quartz.simpl.SimpleThreadPool");
        properties.setProperty("org.quartz.threadPool.threadCount", String.valueOf(threads));
        properties.setProperty("org.quartz.threadPool.threadNamePrefix", name);
        properties.setProperty("org.quartz.scheduler.skipUpdateCheck", "true");
        try {
            return new StdSchedulerFactory(properties).getScheduler();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz cannot be set up: " + e.getMessage(), e);
        }
    }

    @Override
    public void start(Runnable beat, TaskRunner tasks) {
        try {
            cleanup.getContext().put(QuartzTask.TASKS, tasks);
            undo.getContext().put(QuartzTask.TASKS, tasks);
            undo.getContext().put(QuartzTask.BEAT, beat);
            undo.scheduleJob(
                    JobBuilder.newJob(QuartzTask.class).withIdentity(BEAT).build(),
                    TriggerBuilder.newTrigger()
                            .withIdentity("beat", "daemon")
                            .withSchedule(SimpleScheduleBuilder.repeatSecondlyForever()
                                    .withMisfireHandlingInstructionNextWithRemainingCount())
                            .build());
            cleanup.start();
            undo.start();
        } catch (SchedulerException e) {
            throw new IllegalStateException("Quartz cannot be started: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized void follow(Collection<Job> jobs) {
        Map<String, Job.Schedule> wanted = new TreeMap<>();
        jobs.forEach(job -> job.schedule().ifPresent(schedule -> wanted.put(job.name(), schedule)));
        for (String gone : followed.keySet().stream()
                .filter(name -> !wanted.containsKey(name))
                .toList()) {
            unschedule(gone);
        }
        wanted.forEach((name, schedule) -> {
            if (!schedule.equals(followed.get(name))) {
                schedule(name, schedule);
            }
        });
    }

    private void unschedule(String name) {
        try {
            cleanup.unscheduleJob(cron(name));
            followed.remove(name);
        } catch (SchedulerException e) {
            LOG.error("job {}: its schedule could not be taken back ({}); restart the daemon", name, e.getMessage());
        }
    }

    private void schedule(String name, Job.Schedule schedule) {
        CronScheduleBuilder times =
                CronScheduleBuilder.cronSchedule(schedule.cron()).inTimeZone(TimeZone.getTimeZone(schedule.zone()));
        Trigger trigger = TriggerBuilder.newTrigger()
                .withIdentity(cron(name))
                .forJob(key(Task.run(name)))
                .withSchedule(
                        schedule.misfire() == Job.Misfire.SKIP
                                ? times.withMisfireHandlingInstructionDoNothing()
                                : times.withMisfireHandlingInstructionFireAndProceed())
                .build();
        try {
            ensure(Task.run(name));
            cleanup.unscheduleJob(cron(name));
            cleanup.scheduleJob(trigger);
            followed.put(name, schedule);
        } catch (SchedulerException e) {
            LOG.error(
                    "job {}: cannot be scheduled ({}); it does not run until its file is changed",
                    name,
                    e.getMessage());
            followed.remove(name);
        }
    }

    @Override
    public synchronized void now(Task task) {
        try {
            ensure(task);
            of(task).scheduleJob(TriggerBuilder.newTrigger()
                    .withIdentity("now " + task.kind() + " " + task.job(), "now")
                    .forJob(key(task))
                    .startNow()
                    .withSchedule(SimpleScheduleBuilder.simpleSchedule().withMisfireHandlingInstructionFireNow())
                    .build());
        } catch (ObjectAlreadyExistsException e) {
            LOG.debug("{} is waiting already", task);
        } catch (SchedulerException e) {
            LOG.error("{} could not be handed over ({}); tried again with the next beat", task, e.getMessage());
        }
    }

    private void ensure(Task task) throws SchedulerException {
        if (!of(task).checkExists(key(task))) {
            of(task).addJob(
                            JobBuilder.newJob(QuartzTask.class)
                                    .withIdentity(key(task))
                                    .usingJobData(QuartzTask.KIND, task.kind().name())
                                    .usingJobData(QuartzTask.JOB, task.job())
                                    .storeDurably()
                                    .build(),
                            true);
        }
    }

    private Scheduler of(Task task) {
        return task.kind().isUndo() ? undo : cleanup;
    }

    private static JobKey key(Task task) {
        return new JobKey(task.kind() + " " + task.job(), "tasks");
    }

    private static TriggerKey cron(String job) {
        return new TriggerKey(job, "cron");
    }

    @Override
    public boolean isRunning() {
        try {
            return isRunning(cleanup) && isRunning(undo);
        } catch (SchedulerException e) {
            LOG.debug("Quartz does not tell whether it runs", e);
            return false;
        }
    }

    private static boolean isRunning(Scheduler scheduler) throws SchedulerException {
        return scheduler.isStarted() && !scheduler.isShutdown() && !scheduler.isInStandbyMode();
    }

    /** The beat first, as it hands over to the others. */
    @Override
    public void stop() {
        stop(undo);
        stop(cleanup);
    }

    private static void stop(Scheduler scheduler) {
        try {
            scheduler.shutdown(true);
        } catch (SchedulerException e) {
            LOG.error("Quartz could not be shut down ({}); the process ends anyway", e.getMessage());
        }
    }
}
