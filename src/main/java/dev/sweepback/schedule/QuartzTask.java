package dev.sweepback.schedule;

import java.util.Objects;
import org.quartz.DisallowConcurrentExecution;
import org.quartz.Job;
import org.quartz.JobDataMap;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.SchedulerException;

/** The one Quartz job: carries out a task, or the beat where it names none. Made anew by Quartz for each firing. */
@DisallowConcurrentExecution
public final class QuartzTask implements Job {

    static final String BEAT = "beat";
    static final String TASKS = "tasks";
    static final String KIND = "kind";
    static final String JOB = "job";

    @Override
    public void execute(JobExecutionContext context) throws JobExecutionException {
        try {
            JobDataMap data = context.getMergedJobDataMap();
            Object kind = data.get(KIND);
            if (kind == null) {
                ((Runnable) given(context, BEAT)).run();
            } else {
                ((Timetable.TaskRunner) given(context, TASKS))
                        .carryOut(new Task(Task.Kind.valueOf(kind.toString()), data.getString(JOB)));
            }
        } catch (SchedulerException e) {
            throw new JobExecutionException(e);
        }
    }

    private static Object given(JobExecutionContext context, String key) throws SchedulerException {
        return Objects.requireNonNull(context.getScheduler().getContext().get(key), key);
    }
}
