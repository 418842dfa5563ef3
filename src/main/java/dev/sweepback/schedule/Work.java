package dev.sweepback.schedule;

import dev.sweepback.job.Job;
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
import java.time.Duration;
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

    private static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LAST_WAIT = Duration.ofHours(1);

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
    private volatile Duration settleWait = FIRST_WAIT;
    private volatile Instant settleAgain = Instant.MIN;

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
        return !clock.instant().isBefore(settleAgain)
                && (unsettled || Run.interrupted(journal).stream().anyMatch(Work::isUndo));
    }

    private static boolean isUndo(Run run) {
        return run.purpose().equals(Purpose.UNDO.word());
    }

    /** The jobs with runs that wait to be gone on with. */
    Set<String> waiting() {
        return Run.interrupted(journal).stream()
                .filter(run -> !isUndo(run))
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
            // What could not be gone on with yet, although the gate is open, is not tried at each beat.
            Instant retryAt = clock.instant().plus(FIRST_WAIT);
            interrupted(name)
                    .forEach(run -> run.upgrade().ifPresent(upgrade -> attempts.failed(name, upgrade, retryAt)));
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
                .filter(run -> run.job().equals(job) && !isUndo(run))
                .toList();
    }

    /** Goes on with the runs of a job; what they left open is settled before. */
    private void goOn(String job) {
        if (interrupted(job).stream().anyMatch(run -> !run.open().isEmpty())) {
            settleAlone();
        }
        acting.readLock().lock();
        try {
            interrupted(job).stream().filter(run -> run.open().isEmpty()).forEach(this::resume);
        } finally {
            acting.readLock().unlock();
        }
    }

    /** Also goes on with interrupted undos: they concern no single job. */
    private void settleAlone() {
        if (!acting.writeLock().tryLock()) {
            LOG.debug("other runs are under way: settled once they have ended");
            return;
        }
        try {
            settle();
            Run.interrupted(journal).stream().filter(Work::isUndo).forEach(this::resume);
        } finally {
            acting.writeLock().unlock();
        }
    }

    /** Nothing may be under way. What stays unsettled is looked at again, ever more seldom: each look is recorded. */
    void settle() {
        Recovery.Settled settled = cleanup.settle(NOTE);
        if (stop.isRaised()) {
            return;
        }
        unsettled = settled.left() > 0;
        settleWait = unsettled && settleWait.compareTo(LAST_WAIT) < 0 ? settleWait.multipliedBy(2) : settleWait;
        settleWait = unsettled ? settleWait : FIRST_WAIT;
        settleAgain = clock.instant().plus(settleWait);
        if (settled.left() > 0) {
            LOG.error(
                    "{} operations stay unsettled: their systems do not answer; looked at again at {}, and nothing else is"
                            + " done to these resources",
                    settled.left(),
                    settleAgain.truncatedTo(ChronoUnit.SECONDS));
        } else if (settled.found() > 0) {
            LOG.warn("{} operations were left open; all are settled", settled.found());
        }
    }

    /** Goes on with everything that waits. Nothing may be under way. */
    void resumeAll() {
        Run.interrupted(journal).forEach(this::resume);
    }

    private void resume(Run run) {
        try {
            Optional<RunAnswer> answer = cleanup.resume(files.current(), run, NOTE);
            if (answer.isEmpty() && said.isNew(run.id().value(), "gone")) {
                LOG.warn("run {} waits: the file of its job {} is gone or wrong", run.id(), run.job());
            } else if (answer.orElse(null) instanceof RunAnswer.Ran ran) {
                ended(ran.run(), "when its gate is open again");
            } else if (answer.orElse(null) instanceof RunAnswer.GateClosed closed
                    && said.isNew(run.id().value(), closed.gate().reasons())) {
                LOG.info(
                        "run {} of job {} waits: {}",
                        run.id(),
                        run.job(),
                        closed.gate().reasons());
            }
        } catch (RuntimeException e) {
            unsettled = true;
            DaemonLog.failed(Task.run(run.job()), e, "run " + run.id() + " is gone on with within a minute");
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
