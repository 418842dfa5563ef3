package dev.sweepback.schedule;

import dev.sweepback.job.Job;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.run.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at files, journal and clock, and hands over what is to be done now. Cheap when nothing has changed. */
final class Heartbeat {

    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);
    private static final Duration ROUND = Duration.ofMinutes(1);

    /** What can open or close a gate, or make something due. */
    private static final EntryType[] NEWS = {
        EntryType.UPGRADE_SCHEDULED,
        EntryType.UPGRADE_STARTED,
        EntryType.UPGRADE_COMPLETED,
        EntryType.UPGRADE_FAILED,
        EntryType.UPGRADE_ROLLING_BACK,
        EntryType.UPGRADE_ROLLED_BACK,
        EntryType.UPGRADE_VERIFIED,
        EntryType.UPGRADE_REBOOTED,
        EntryType.JOB_ENABLED,
        EntryType.JOB_PAUSED,
        EntryType.CLOCK_JUMPED,
        EntryType.PLAN_APPROVED,
        EntryType.PLAN_REJECTED,
        EntryType.RUN_PAUSED,
        EntryType.RUN_FINISHED
    };

    private final Runnable lookAtClock;
    private final JournalReader journal;
    private final JobFiles files;
    private final Openings openings;
    private final Attempts attempts;
    private final DueRemovals due;
    private final TripwireLooks looks;
    private final BackOuts backOuts;
    private final RollBacks rollBacks;
    private final Work work;
    private final WaitingRuns waiting;
    private final Settlements settlements;
    private final Timetable timetable;
    private final Clock clock;
    private final StopSignal stop;
    private final Said said = new Said();

    /** When to ask the gates of the jobs without a schedule again; a job that is not in it is asked at once. */
    private final Map<String, Instant> agenda = new HashMap<>();

    private Instant nextDue = Instant.MIN;
    private Instant nextRound = Instant.MIN;
    private long seen;
    private volatile boolean failing;

    /** @param lookAtClock records what is seen of this machine's clock */
    Heartbeat(
            Runnable lookAtClock,
            JournalReader journal,
            JobFiles files,
            Openings openings,
            Attempts attempts,
            DueRemovals due,
            TripwireLooks looks,
            BackOuts backOuts,
            RollBacks rollBacks,
            Work work,
            WaitingRuns waiting,
            Settlements settlements,
            Timetable timetable,
            Clock clock,
            StopSignal stop) {
        this.lookAtClock = lookAtClock;
        this.journal = journal;
        this.files = files;
        this.openings = openings;
        this.attempts = attempts;
        this.due = due;
        this.looks = looks;
        this.backOuts = backOuts;
        this.rollBacks = rollBacks;
        this.work = work;
        this.waiting = waiting;
        this.settlements = settlements;
        this.timetable = timetable;
        this.clock = clock;
        this.stop = stop;
    }

    /** Whether the last beat failed: then nothing new is begun. */
    boolean isFailing() {
        return failing;
    }

    /** To be called about once a second, never twice at a time. Never throws. */
    void beat() {
        if (stop.isRaised()) {
            return;
        }
        try {
            // First, as undo is held up by nothing that keeps the rest from being begun.
            if (looks.isTime()) {
                timetable.now(Task.TRIPWIRE);
            }
            lookAtClock.run();
            if (files.poll()) {
                timetable.follow(files.current().jobs().values());
                agenda.clear();
                attempts.forget();
                waiting.news();
                nextDue = Instant.MIN;
            }
            boolean news = news();
            if (news) {
                backOuts.news();
                rollBacks.news();
            }
            backOut();
            askGates(news);
            if (news) {
                due.news();
                waiting.news();
            }
            if (news || !clock.instant().isBefore(nextDue)) {
                removeDue();
            }
            if (news || !clock.instant().isBefore(nextRound)) {
                goOn();
            }
            failing = false;
            said.forget("failure");
        } catch (RuntimeException | Error e) {
            failing = true;
            // Cleared, so that no news is lost on the way.
            agenda.clear();
            nextRound = Instant.MIN;
            nextDue = Instant.MIN;
            if (said.isNew("failure", String.valueOf(e.getMessage()))) {
                LOG.error("{}; nothing new is begun until this works again, tried every second", e.getMessage(), e);
            }
        }
    }

    /** Undo, too: held up by nothing that is under way for other upgrades. */
    private void backOut() {
        if (backOuts.isTime()) {
            timetable.now(Task.BACK_OUT);
        }
        if (rollBacks.isTime()) {
            timetable.now(Task.ROLL_BACK);
        }
    }

    private boolean news() {
        long head = Head.seq(journal);
        if (head == seen) {
            return false;
        }
        boolean news = journal.first(Query.of(NEWS).after(seen).latest(1)).isPresent();
        seen = head;
        return news;
    }

    private void askGates(boolean news) {
        for (Job job : files.current().jobs().values()) {
            if (job.schedule().isPresent()) {
                continue;
            }
            Instant now = clock.instant();
            if (work.isBusy(job.name()) || now.isBefore(settlements.blockedUntil(job.name()))) {
                agenda.remove(job.name());
                continue;
            }
            if (news || !now.isBefore(agenda.getOrDefault(job.name(), Instant.MIN))) {
                ask(job, now);
            }
        }
    }

    private void ask(Job job, Instant now) {
        Openings.Opening opening = openings.ask(job);
        if (opening.upgrade().isPresent()) {
            agenda.put(job.name(), now);
            said.forget(job.name());
            timetable.now(Task.run(job.name()));
            return;
        }
        agenda.put(job.name(), opening.retryAt().orElse(Instant.MAX));
        if (said.isNew(job.name(), String.valueOf(opening.retryAt()))) {
            LOG.info(
                    "job {} waits: {}; asked again {}",
                    job.name(),
                    opening.reasons(),
                    opening.retryAt().map(at -> "at " + at).orElse("when the journal has news"));
        }
    }

    /** Nothing becomes due but by time and by news, so that the journal is not folded for each beat. */
    private void removeDue() {
        DueRemovals.Outlook outlook = due.outlook(files.current().jobs().keySet());
        outlook.jobs().forEach(job -> timetable.now(Task.due(job)));
        Instant soon = clock.instant().plus(ROUND);
        nextDue = outlook.jobs().isEmpty() ? outlook.next().orElse(Instant.MAX) : soon;
    }

    private void goOn() {
        if (settlements.isNeeded() || waiting.hasUndo()) {
            timetable.now(Task.SETTLE);
        }
        waiting.jobs().stream().filter(job -> !work.isBusy(job)).forEach(job -> timetable.now(Task.due(job)));
        Instant round = clock.instant().plus(ROUND);
        nextRound = waiting.next().filter(round::isAfter).orElse(round);
    }
}
