package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Looked;
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
import java.util.Map;
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

    /** As Quartz has it: later than that, a fire time is missed. */
    private static final Duration MISFIRE = Duration.ofMinutes(1);

    private final Journal journal;
    private final Cleanup cleanup;
    private final JobFiles files;
    private final Openings openings;
    private final Attempts attempts;
    private final DueRemovals due;
    private final TripwireLooks looks;
    private final Clock clock;
    private final StopSignal stop;
    private final Said said = new Said();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** Fire times that came while the job was busy, to be made up for at once. */
    private final Map<String, Instant> overtaken = new ConcurrentHashMap<>();

    /** Jobs of which something is unsettled: nothing else of them is begun before. */
    private final Map<String, Instant> blocked = new ConcurrentHashMap<>();

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
            TripwireLooks looks,
            Clock clock,
            StopSignal stop) {
        this.journal = journal;
        this.cleanup = cleanup;
        this.files = files;
        this.openings = openings;
        this.attempts = attempts;
        this.due = due;
        this.looks = looks;
        this.clock = clock;
        this.stop = stop;
    }

    boolean isBusy(String job) {
        return busy.contains(job);
    }

    /** Until when it is of no use to hand over the job. */
    Instant blockedUntil(String job) {
        return blocked.getOrDefault(job, Instant.MIN);
    }

    /** Whether something waits for another look, or an undo for being gone on with. */
    boolean mustSettle() {
        return maySettle() && (unsettled || Run.interrupted(journal).stream().anyMatch(Work::isUndo));
    }

    private boolean maySettle() {
        return !clock.instant().isBefore(settleAgain);
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
        String key = task.job().isEmpty() ? " " + task.kind() : task.job();
        if (stop.isRaised() || !take(key, task)) {
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
                case TRIPWIRE -> look();
            }
        } catch (RuntimeException e) {
            unsettled = true;
            DaemonLog.failed(task, e, "what was begun is settled and gone on with once that is possible");
        } finally {
            MDC.remove("job");
            busy.remove(key);
        }
        Instant fire = overtaken.remove(key);
        if (fire != null && !isPast(fire, task.job())) {
            carryOut(Task.run(task.job()));
        }
    }

    private boolean take(String key, Task task) {
        if (busy.add(key)) {
            return true;
        }
        if (task.kind() != Task.Kind.RUN) {
            return false;
        }
        overtaken.putIfAbsent(key, clock.instant());
        // Who kept the job busy may have ended in between, and not have seen it any more.
        boolean free = busy.add(key);
        if (free) {
            overtaken.remove(key);
        }
        return free;
    }

    /** A job that skips what it missed is not run at another time than its own. */
    private boolean isPast(Instant fire, String name) {
        boolean past = clock.instant().isAfter(fire.plus(MISFIRE))
                && Optional.ofNullable(files.current().jobs().get(name))
                        .flatMap(Job::schedule)
                        .filter(schedule -> schedule.misfire() == Job.Misfire.SKIP)
                        .isPresent();
        if (past) {
            LOG.warn("job {} missed its fire time {}: it was busy; it waits for the next one", name, fire);
        }
        return past;
    }

    private void run(String name) {
        Job job = files.current().jobs().get(name);
        if (job == null) {
            return;
        }
        Set<UpgradeId> triedAlready = upgrades(interrupted(name));
        boolean free = goOn(name);
        // What could not be gone on with yet, although the gate is open, is not tried at each beat.
        Instant retryAt = clock.instant().plus(FIRST_WAIT);
        upgrades(interrupted(name)).forEach(upgrade -> attempts.failed(name, upgrade, retryAt));
        if (!free || stop.isRaised()) {
            return;
        }
        Openings.Opening opening = openings.ask(job, triedAlready);
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
            Instant retryAt = clock.instant().plus(Attempts.AFTER_FAILURE);
            attempts.failed(job.name(), upgrade.id(), retryAt);
            DaemonLog.failed(Task.run(job.name()), e, "tried again " + nextTry(job, retryAt));
            lookSoon();
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

    private static Set<UpgradeId> upgrades(List<Run> runs) {
        return runs.stream().flatMap(run -> run.upgrade().stream()).collect(Collectors.toSet());
    }

    /**
     * Goes on with the runs of a job; what they left open is settled before.
     *
     * @return false if something of them is unsettled
     */
    private boolean goOn(String job) {
        if (hasOpen(job) && maySettle()) {
            settleAlone();
        }
        if (!hasOpen(job)) {
            acting.readLock().lock();
            try {
                interrupted(job).forEach(this::resume);
            } finally {
                acting.readLock().unlock();
            }
        }
        if (!hasOpen(job)) {
            return true;
        }
        unsettled = true;
        Instant inAWhile = clock.instant().plus(FIRST_WAIT);
        blocked.put(job, settleAgain.isAfter(inAWhile) ? settleAgain : inAWhile);
        return false;
    }

    private boolean hasOpen(String job) {
        return interrupted(job).stream().anyMatch(run -> !run.open().isEmpty());
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
        Duration before = settleWait;
        // Set first, as a look that fails altogether must not be repeated at once either.
        settleWait = before.compareTo(LAST_WAIT) < 0 ? before.multipliedBy(2) : before;
        settleAgain = clock.instant().plus(settleWait);
        Recovery.Settled settled = cleanup.settle(NOTE);
        if (stop.isRaised()) {
            return;
        }
        unsettled = settled.left() > 0;
        settleWait = unsettled ? settleWait : FIRST_WAIT;
        settleAgain = clock.instant().plus(settleWait);
        blocked.clear();
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

    /** What was announced just now and has not been looked at is not made to wait as long as what was looked at in vain. */
    private void lookSoon() {
        unsettled = true;
        Instant soon = clock.instant().plus(FIRST_WAIT);
        boolean fresh = Run.interrupted(journal).stream()
                .flatMap(run -> run.open().stream())
                .anyMatch(operation -> operation.lookFailed().isEmpty());
        if (fresh && soon.isBefore(settleAgain)) {
            settleAgain = soon;
        }
    }

    /** Goes on with everything that waits. Nothing may be under way. */
    void resumeAll() {
        Run.interrupted(journal).forEach(this::resume);
    }

    /** A cleanup of which something is unsettled waits; an undo goes on with the rest, as nothing holds it up. */
    private void resume(Run run) {
        if (!isUndo(run) && !run.open().isEmpty()) {
            if (said.isNew(run.id().value(), "unsettled")) {
                LOG.warn(
                        "run {} waits until its unsettled operations are settled, and so does its job {}",
                        run.id(),
                        run.job());
            }
            return;
        }
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
            } else if (answer.orElse(null) instanceof RunAnswer.Stale stale
                    && said.isNew(run.id().value(), stale.reason())) {
                LOG.error("{}; tried again when something changes", stale.reason());
            }
        } catch (RuntimeException e) {
            DaemonLog.failed(Task.run(run.job()), e, "run " + run.id() + " is gone on with once that is possible");
            lookSoon();
        }
    }

    /** Looking waits for systems, and so holds up nobody; what it finds is put back like any other undo, whatever the job does. */
    private void look() {
        Optional<Looked> looked = looks.look();
        if (looked.isEmpty() || stop.isRaised()) {
            return;
        }
        acting.readLock().lock();
        try {
            boolean open = looks.putBack(looked.get()).stream()
                    .anyMatch(run -> !run.open().isEmpty());
            unsettled = unsettled || open;
        } finally {
            acting.readLock().unlock();
        }
    }

    private void removeDue(String job) {
        Set<UpgradeId> triedAlready = upgrades(interrupted(job));
        if (!goOn(job) || stop.isRaised()) {
            return;
        }
        acting.readLock().lock();
        try {
            for (Run run : due.remove(job, files.current(), triedAlready)) {
                ended(run, "in an hour");
            }
        } catch (RuntimeException e) {
            DaemonLog.failed(Task.due(job), e, "due removals are tried again in an hour");
            lookSoon();
        } finally {
            acting.readLock().unlock();
        }
    }
}
