package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Looked;
import dev.sweepback.run.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Carries out tasks, never two for the same job at a time. A failure is said once, with what comes next, and goes no further. */
final class Work implements Timetable.TaskRunner {

    static final Note NOTE = Note.of(Actor.DAEMON);

    private static final Logger LOG = LoggerFactory.getLogger(Work.class);

    /** As Quartz has it: later than that, a fire time is missed. */
    private static final Duration MISFIRE = Duration.ofMinutes(1);

    private final JobFiles files;
    private final Openings openings;
    private final Attempts attempts;
    private final NewRuns newRuns;
    private final WaitingRuns waiting;
    private final Settlements settlements;
    private final DueRemovals due;
    private final TripwireLooks looks;
    private final BackOuts backOuts;
    private final RollBacks rollBacks;
    private final Turns turns;
    private final Clock clock;
    private final StopSignal stop;
    private final Said said = new Said();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    /** Fire times that came while the job was busy, to be made up for at once. */
    private final Map<String, Instant> overtaken = new ConcurrentHashMap<>();

    Work(
            JobFiles files,
            Openings openings,
            Attempts attempts,
            NewRuns newRuns,
            WaitingRuns waiting,
            Settlements settlements,
            DueRemovals due,
            TripwireLooks looks,
            BackOuts backOuts,
            RollBacks rollBacks,
            Turns turns,
            Clock clock,
            StopSignal stop) {
        this.files = files;
        this.openings = openings;
        this.attempts = attempts;
        this.newRuns = newRuns;
        this.waiting = waiting;
        this.settlements = settlements;
        this.due = due;
        this.looks = looks;
        this.backOuts = backOuts;
        this.rollBacks = rollBacks;
        this.turns = turns;
        this.clock = clock;
        this.stop = stop;
    }

    boolean isBusy(String job) {
        return busy.contains(job);
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
                case SETTLE -> waiting.settle();
                case TRIPWIRE -> look();
                case BACK_OUT -> backOut();
                case ROLL_BACK -> turns.besideOthers(() -> rollBacks.putBack().forEach(settlements::ended));
            }
        } catch (RuntimeException e) {
            failed(task, e);
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
        Set<UpgradeId> triedAlready = waiting.upgrades(name);
        boolean free = waiting.goOn(name);
        // What could not be gone on with yet, although the gate is open, is not tried at each beat.
        Instant soon = clock.instant().plus(Settlements.FIRST_WAIT);
        waiting.of(name)
                .forEach(run -> run.upgrade()
                        .ifPresent(upgrade -> attempts.failed(
                                name, upgrade, waiting.asksToWait(run).orElse(soon))));
        if (!free || stop.isRaised()) {
            return;
        }
        Openings.Opening opening = openings.ask(job, triedAlready);
        if (opening.upgrade().isPresent()) {
            said.forget(name);
            newRuns.begin(job, opening.upgrade().get());
        } else if (said.isNew(name, opening.reasons())) {
            LOG.info("job {}: not now: {}", name, opening.reasons());
        }
    }

    /** Looking waits for systems, and so holds up nobody; what it finds is put back like any other undo, whatever the job does. */
    private void look() {
        Optional<Looked> looked = looks.look();
        if (looked.isPresent() && !stop.isRaised()) {
            turns.besideOthers(() -> looks.putBack(looked.get()).forEach(settlements::ended));
        }
    }

    /** What is owed already comes first; that one of these fails keeps none of the others from being done. */
    private void backOut() {
        backOuts.begin();
        backOut(this::takeBack);
        backOut(backOuts::watch);
        backOut(this::takeBack);
    }

    private void backOut(Runnable step) {
        try {
            if (!stop.isRaised()) {
                step.run();
            }
        } catch (RuntimeException e) {
            failed(Task.BACK_OUT, e);
        }
    }

    /** Takes back what failed checks left to be taken back. */
    void takeBack() {
        turns.besideOthers(() -> backOuts.takeBack().forEach(settlements::ended));
    }

    private void failed(Task task, RuntimeException error) {
        settlements.mayBeOpen();
        DaemonLog.failed(task, error, "what was begun is settled and gone on with once that is possible");
    }

    private void removeDue(String job) {
        Set<UpgradeId> triedAlready = waiting.upgrades(job);
        if (!waiting.goOn(job) || stop.isRaised()) {
            return;
        }
        try {
            Set<RunId> allowed = due.allowed(job, files.current(), triedAlready);
            turns.besideOthers(() -> {
                for (Run run : due.remove(job, files.current(), allowed)) {
                    settlements.ended(run);
                    DaemonLog.ended(run, "in an hour");
                }
            });
        } catch (RuntimeException e) {
            DaemonLog.failed(Task.due(job), e, "due removals are tried again in an hour");
            settlements.soon();
        }
    }
}
