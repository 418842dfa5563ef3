package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Recovery;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrade;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Carries out tasks, never two for the same job at a time. A failure is said once, with what comes next, and goes no further. */
final class Work implements Timetable.TaskRunner {

    static final Note NOTE = Note.of(Actor.DAEMON);

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    private final Journal journal;
    private final Cleanup cleanup;
    private final JobFiles files;
    private final Openings openings;
    private final Attempts attempts;
    private final DueRemovals due;
    private final Clock clock;
    private final StopSignal stop;
    private final Said said = new Said();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** Runs share it; who settles has it alone, so that nothing in flight is taken for something left open. */
    private final ReadWriteLock acting = new ReentrantReadWriteLock();

    private volatile boolean unsettled;

    Work(
            Journal journal,
            Cleanup cleanup,
            JobFiles files,
            Openings openings,
            Attempts attempts,
            DueRemovals due,
            Clock clock,
            StopSignal stop) {
        this.journal = journal;
        this.cleanup = cleanup;
        this.files = files;
        this.openings = openings;
        this.attempts = attempts;
        this.due = due;
        this.clock = clock;
        this.stop = stop;
    }

    boolean isBusy(String job) {
        return busy.contains(job);
    }

    /** Whether something waits for another look, or an undo for being gone on with. */
    boolean mustSettle() {
        return unsettled
                || Run.interrupted(journal).stream()
                        .anyMatch(run -> run.purpose().equals(Purpose.UNDO.word()));
    }

    /** The jobs with runs that wait to be gone on with. */
    Set<String> waiting() {
        return Run.interrupted(journal).stream()
                .filter(run -> !run.purpose().equals(Purpose.UNDO.word()))
                .map(Run::job)
                .filter(job -> !isBusy(job))
                .collect(Collectors.toSet());
    }

    @Override
    public void carryOut(Task task) {
        String key = task.kind() == Task.Kind.SETTLE ? " settle" : task.job();
        if (stop.isRaised() || !busy.add(key)) {
            return;
        }
        if (!task.job().isEmpty()) {
            MDC.put("job", task.job());
        }
        try {
            switch (task.kind()) {
                case RUN -> run(task.job());
                case DUE -> removeDue(task.job());
                case SETTLE -> settleAlone();
            }
        } catch (RuntimeException e) {
            unsettled = true;
            DaemonLog.failed(task, e, "what was begun is settled and gone on with within a minute");
        } finally {
            MDC.remove("job");
            busy.remove(key);
        }
    }

    private void run(String name) {
        Job job = files.current().jobs().get(name);
        if (job == null) {
            return;
        }
        if (!interrupted(name).isEmpty()) {
            goOn(name);
            return;
        }
        Openings.Opening opening = openings.ask(job);
        if (opening.upgrade().isPresent()) {
            said.forget(name);
            begin(job, opening.upgrade().get());
        } else if (said.isNew(name, opening.reasons())) {
            LOG.info("job {}: not now: {}", name, opening.reasons());
        }
    }

    private void begin(Job job, Upgrade upgrade) {
        acting.readLock().lock();
        try {
            tell(cleanup.run(new Terms(job, files.current().policyOf(job), upgrade), NOTE), job, upgrade);
        } catch (RuntimeException e) {
            unsettled = true;
            Instant retryAt = clock.instant().plus(Attempts.AFTER_FAILURE);
            attempts.failed(job.name(), upgrade.id(), retryAt);
            DaemonLog.failed(Task.run(job.name()), e, "tried again " + nextTry(job, retryAt));
        } finally {
            acting.readLock().unlock();
        }
    }

    private void tell(RunAnswer answer, Job job, Upgrade upgrade) {
        if (answer instanceof RunAnswer.Ran ran) {
            ended(ran.run(), nextTry(job, clock.instant().plus(Attempts.AFTER_RUN)));
            return;
        }
        boolean refused = answer instanceof RunAnswer.Refused;
        Instant retryAt = clock.instant().plus(refused ? Attempts.AFTER_RUN : Attempts.AFTER_FAILURE);
        attempts.failed(job.name(), upgrade.id(), retryAt);
        LOG.error(
                "job {}, upgrade {}: {}; nothing was removed, planned again {} or when a file changes",
                job.name(),
                upgrade.id(),
                DaemonLog.reason(answer),
                nextTry(job, retryAt));
    }

    private void ended(Run run, String next) {
        if (!run.open().isEmpty()) {
            unsettled = true;
        }
        DaemonLog.ended(run, next);
    }

    private static String nextTry(Job job, Instant retryAt) {
        return job.schedule().isPresent() ? "at its next fire time" : "at " + retryAt.truncatedTo(ChronoUnit.SECONDS);
    }

    private List<Run> interrupted(String job) {
        return Run.interrupted(journal).stream()
                .filter(run -> run.job().equals(job) || run.purpose().equals(Purpose.UNDO.word()))
                .toList();
    }

    /** Goes on with the runs of a job; alone, if something must be settled before, or an undo waits. */
    private void goOn(String job) {
        boolean alone = interrupted(job).stream()
                .anyMatch(run -> !run.open().isEmpty() || run.purpose().equals(Purpose.UNDO.word()));
        if (alone) {
            settleAlone();
            return;
        }
        acting.readLock().lock();
        try {
            resume(files.current(), Optional.of(job));
        } finally {
            acting.readLock().unlock();
        }
    }

    private void settleAlone() {
        if (!acting.writeLock().tryLock()) {
            LOG.debug("other runs are under way: settled once they have ended");
            return;
        }
        try {
            recover();
        } finally {
            acting.writeLock().unlock();
        }
    }

    /** Settles what is open and goes on with every run that waits. Nothing else may be under way. */
    void recover() {
        settle();
        resume(files.current(), Optional.empty());
    }

    void settle() {
        Recovery.Settled settled = cleanup.settle(NOTE);
        unsettled = settled.left() > 0;
        if (settled.found() > 0) {
            LOG.warn(
                    "{} operations were open; {} are settled, {} stay unsettled and are looked at again in a minute",
                    settled.found(),
                    settled.found() - settled.left(),
                    settled.left());
        }
    }

    void resume(Loaded loaded, Optional<String> job) {
        for (RunAnswer answer : cleanup.resume(loaded, job, NOTE)) {
            if (answer instanceof RunAnswer.Ran ran) {
                ended(ran.run(), "when its gate is open again");
            } else if (answer instanceof RunAnswer.GateClosed closed
                    && said.isNew("paused", closed.gate().reasons())) {
                LOG.info("a paused run waits: {}", closed.gate().reasons());
            }
        }
    }

    private void removeDue(String job) {
        if (!interrupted(job).isEmpty()) {
            goOn(job);
            return;
        }
        acting.readLock().lock();
        try {
            for (Run run : due.remove(job, files.current())) {
                ended(run, "in an hour");
            }
        } catch (RuntimeException e) {
            unsettled = true;
            DaemonLog.failed(Task.due(job), e, "due removals are tried again in an hour");
        } finally {
            acting.readLock().unlock();
        }
    }
}
