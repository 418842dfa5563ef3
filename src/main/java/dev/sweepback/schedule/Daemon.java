package dev.sweepback.schedule;

import dev.sweepback.gate.Gate;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Cron;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Actor;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Looked;
import dev.sweepback.run.StopSignal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recovers, then does by itself what is to be done, until it is closed. Its owner holds the acting lock. */
public final class Daemon implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

    /** Where the daemon stands. */
    public enum Phase {
        /** Nothing is in flight: it may be ended at any moment. */
        SETTLING,
        RESUMING,
        WORKING,
        STOPPING
    }

    /**
     * Whether something is as it should be.
     *
     * @param problems what is wrong, for people; without secrets and folders
     */
    public record Condition(boolean good, String status, List<String> problems) {}

    private final AppendWatch journal;
    private final JobFiles files;
    private final Openings openings;
    private final Settlements settlements;
    private final WaitingRuns waiting;
    private final Work work;
    private final Heartbeat heartbeat;
    private final Timetable timetable;
    private final Cron cron;
    private final Clock clock;
    private final StopSignal stop;
    private final Lock starting = new ReentrantLock();
    private volatile Phase phase = Phase.SETTLING;

    /** @param record told of each look at what tripwires watch */
    public Daemon(
            AppendWatch journal,
            Cleanup cleanup,
            Gate gate,
            JobFiles files,
            Timetable timetable,
            Cron cron,
            Clock clock,
            StopSignal stop,
            Consumer<Looked> record) {
        this.journal = journal;
        this.files = files;
        this.timetable = timetable;
        this.cron = cron;
        this.clock = clock;
        this.stop = stop;
        Attempts attempts = new Attempts(journal);
        this.openings = new Openings(journal, gate, files, attempts, clock);
        UpgradeTurns upgradeTurns = new UpgradeTurns();
        DueRemovals due = new DueRemovals(journal, cleanup, upgradeTurns, clock);
        TripwireLooks looks = new TripwireLooks(cleanup, clock, record);
        BackOuts backOuts = new BackOuts(cleanup, files, clock);
        RollBacks rollBacks = new RollBacks(journal, cleanup, files, upgradeTurns, clock, stop);
        Turns turns = new Turns();
        this.settlements = new Settlements(journal, cleanup, clock, stop);
        this.waiting = new WaitingRuns(journal, cleanup, files, settlements, turns, upgradeTurns, clock);
        NewRuns newRuns = new NewRuns(cleanup, files, attempts, settlements, turns, upgradeTurns, clock);
        this.work = new Work(
                files,
                openings,
                attempts,
                newRuns,
                waiting,
                settlements,
                due,
                looks,
                backOuts,
                rollBacks,
                turns,
                clock,
                stop);
        this.heartbeat = new Heartbeat(
                () -> gate.note(journal, Actor.DAEMON),
                journal,
                files,
                openings,
                attempts,
                due,
                looks,
                backOuts,
                rollBacks,
                work,
                waiting,
                settlements,
                timetable,
                clock,
                stop);
    }

    /** Recovers by looking, takes back what is to be taken back, then follows the jobs; returns when it is at work. */
    public void start() {
        starting.lock();
        try {
            recoverAndBegin();
        } finally {
            starting.unlock();
        }
    }

    private void recoverAndBegin() {
        carefully("settle what was left open", settlements::settle);
        if (!enter(Phase.RESUMING)) {
            return;
        }
        carefully("go on with the undos that wait", waiting::resumeUndos);
        carefully("take back what failed checks left", work::takeBack);
        if (!enter(Phase.WORKING)) {
            return;
        }
        timetable.start(heartbeat::beat, work);
        timetable.follow(files.current().jobs().values());
        carefully("find out which fire times were missed", this::catchUp);
        LOG.info("at work: {}", Counted.text(files.current().jobs().size(), "job"));
    }

    private synchronized boolean enter(Phase next) {
        if (phase == Phase.STOPPING) {
            return false;
        }
        phase = next;
        return true;
    }

    private static void carefully(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("could not {}: {}; tried again within a minute", what, e.getMessage(), e);
        }
    }

    /** The timetable forgets; the journal and the cron expressions tell what would have run meanwhile. */
    private void catchUp() {
        Instant now = clock.instant();
        for (Job job : files.current().jobs().values()) {
            Optional<Instant> missed = job.schedule()
                    .flatMap(schedule -> LastFire.before(cron, schedule, now))
                    .filter(fire -> openings.missed(job, fire));
            if (missed.isPresent()) {
                boolean runs = job.schedule()
                        .filter(schedule -> schedule.misfire() == Job.Misfire.RUN_ONCE)
                        .isPresent();
                LOG.warn(
                        "job {} missed its fire time {}; it {}",
                        job.name(),
                        missed.get(),
                        runs ? "runs now, once" : "waits for the next one");
                if (runs) {
                    timetable.now(Task.run(job.name()));
                }
            }
        }
    }

    /** Whether it is alive: a daemon that is not should be restarted. */
    public Condition health() {
        List<String> problems = new ArrayList<>();
        if (phase == Phase.WORKING && !timetable.isRunning()) {
            problems.add("the scheduler does not run");
        }
        try {
            Head.seq(journal);
        } catch (RuntimeException e) {
            LOG.debug("the journal cannot be read", e);
            problems.add("the journal cannot be read");
        }
        if (journal.lastAppendFailed()) {
            problems.add("the journal cannot be appended to");
        }
        return new Condition(problems.isEmpty(), problems.isEmpty() ? "ok" : "failing", problems);
    }

    /** Whether it does its work: a beat that fails keeps it from that. Problems of files are told and do not keep it from being ready. */
    public Condition readiness() {
        Phase now = phase;
        return switch (now) {
            case SETTLING, RESUMING -> new Condition(false, "recovering", files.warnings());
            case WORKING -> heartbeat.isFailing() ? failing() : new Condition(true, "ready", files.warnings());
            case STOPPING -> new Condition(false, "stopping", files.warnings());
        };
    }

    private Condition failing() {
        List<String> problems = new ArrayList<>(files.warnings());
        problems.add(0, "nothing new is begun: it cannot be found out what is to be done; the log says why");
        return new Condition(false, "failing", problems);
    }

    /** From now on no operation is begun. */
    public synchronized Phase askToStop() {
        Phase before = phase;
        stop.raise();
        phase = Phase.STOPPING;
        return before;
    }

    /** Begins nothing any more; returns when what was in flight is settled. Idempotent. */
    @Override
    public void close() {
        askToStop();
        starting.lock();
        try {
            timetable.stop();
        } finally {
            starting.unlock();
        }
    }
}
