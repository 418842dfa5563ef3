package dev.sweepback.schedule;

import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.ResumeAt;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.Terms;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes on with runs that were interrupted or paused, and never before the time that a system has asked to wait. */
final class WaitingRuns {

    private static final Logger LOG = LoggerFactory.getLogger(WaitingRuns.class);

    private static final Duration LONGEST_HOLD = Duration.ofHours(1);

    private final JournalReader journal;
    private final Cleanup cleanup;
    private final JobFiles files;
    private final Settlements settlements;
    private final Turns turns;
    private final UpgradeTurns upgradeTurns;
    private final Clock clock;
    private final Said said = new Said();

    /** When the gates of runs that wait say that they may be open. */
    private final Map<RunId, Instant> heldUntil = new ConcurrentHashMap<>();

    WaitingRuns(
            JournalReader journal,
            Cleanup cleanup,
            JobFiles files,
            Settlements settlements,
            Turns turns,
            UpgradeTurns upgradeTurns,
            Clock clock) {
        this.journal = journal;
        this.cleanup = cleanup;
        this.files = files;
        this.settlements = settlements;
        this.turns = turns;
        this.upgradeTurns = upgradeTurns;
        this.clock = clock;
    }

    /** Those of a job; undos concern no single one. */
    List<Run> of(String job) {
        return Run.interrupted(journal).stream()
                .filter(run -> run.job().equals(job) && !isUndo(run))
                .toList();
    }

    Set<UpgradeId> upgrades(String job) {
        return of(job).stream().flatMap(run -> run.upgrade().stream()).collect(Collectors.toSet());
    }

    /** The jobs with runs that may be gone on with now. */
    Set<String> jobs() {
        return Run.interrupted(journal).stream()
                .filter(run -> !isUndo(run) && asksToWait(run).isEmpty() && !isHeld(run))
                .map(Run::job)
                .collect(Collectors.toSet());
    }

    /** Whether an undo may be gone on with now: at once after the time that its system has asked for, else after the next look. */
    boolean hasUndo() {
        return undos().anyMatch(run -> settlements.isTime() || ResumeAt.of(run).isPresent());
    }

    private Stream<Run> undos() {
        return Run.interrupted(journal).stream()
                .filter(run -> isUndo(run) && asksToWait(run).isEmpty());
    }

    /** When the next of them may be gone on with, if it waits for time alone. */
    Optional<Instant> next() {
        return Run.interrupted(journal).stream()
                .flatMap(run ->
                        asksToWait(run)
                                .or(() -> Optional.ofNullable(heldUntil.get(run.id()))
                                        .filter(clock.instant()::isBefore))
                                .stream())
                .min(Comparator.naturalOrder());
    }

    /** Until when the systems of a run have asked to wait; empty if that is over, or was not asked. */
    Optional<Instant> asksToWait(Run run) {
        Instant now = clock.instant();
        return ResumeAt.of(run).filter(at -> at.isAhead(now)).map(ResumeAt::instant);
    }

    private static boolean isUndo(Run run) {
        return run.isUndo();
    }

    /**
     * Goes on with the runs of a job; what they left open is settled before.
     *
     * @return false if something of them is unsettled
     */
    boolean goOn(String job) {
        if (hasOpen(job) && settlements.isTime()) {
            turns.alone(settlements::settle);
        }
        if (!hasOpen(job)) {
            of(job).forEach(this::awaitChecks);
            turns.besideOthers(() -> of(job).forEach(this::resumeBesideOthers));
        }
        if (!hasOpen(job)) {
            return true;
        }
        settlements.block(job);
        return false;
    }

    /** Beside all others, so that the run itself needs one more answer and holds up nobody who settles. */
    private void awaitChecks(Run run) {
        Optional<Terms> terms = Terms.of(files.current(), run, journal);
        boolean needed = terms.isPresent()
                && run.open().isEmpty()
                && asksToWait(run).isEmpty()
                && !isHeld(run)
                && terms.get().job().checks().stream().anyMatch(check -> check.consecutive() > 1);
        if (needed) {
            cleanup.gate(terms.get(), purpose(run), Work.NOTE);
        }
    }

    /** Not for long: that its plan grows too old must be seen, too. */
    private void hold(Run run, Instant until) {
        Instant longest = clock.instant().plus(LONGEST_HOLD);
        heldUntil.put(run.id(), until.isBefore(longest) ? until : longest);
    }

    private static Purpose purpose(Run run) {
        return run.purpose().equals(Purpose.DUE.word()) ? Purpose.DUE : Purpose.CLEANUP;
    }

    private boolean isHeld(Run run) {
        return clock.instant().isBefore(heldUntil.getOrDefault(run.id(), Instant.MIN));
    }

    /** The journal tells news: gates may be open before they said. */
    void news() {
        heldUntil.clear();
    }

    private boolean hasOpen(String job) {
        return of(job).stream().anyMatch(run -> !run.open().isEmpty());
    }

    /**
     * Also goes on with interrupted undos: they concern no single job. Nobody else does, and never two threads at a time, so that
     * none is gone on with twice.
     */
    void settle() {
        List<Run> left = new ArrayList<>();
        boolean done = turns.alone(() -> {
            if (settlements.isTime() || isLimitOver()) {
                settlements.settle();
            }
            undos().forEach(left::add);
        });
        if (!done) {
            LOG.debug("other runs are under way: settled once they have ended");
            // Who has paused an undo has let it go; any other may be under way.
            undos().filter(run -> run.paused().isPresent() && run.open().isEmpty())
                    .forEach(left::add);
        }
        turns.besideOthers(() -> left.forEach(this::resume));
    }

    /** An undo is not held up by other systems that have been looked at in vain. */
    private boolean isLimitOver() {
        return undos().flatMap(run -> run.open().stream())
                .flatMap(operation -> ResumeAt.of(operation).stream())
                .anyMatch(settlements::isOver);
    }

    /** Goes on with the undos that wait. Nothing may be under way. */
    void resumeUndos() {
        undos().forEach(this::resume);
    }

    /** Who rolled the upgrade back may have ended the run in between. */
    private void resumeBesideOthers(Run run) {
        Runnable unlessEnded = () -> Run.find(journal, run.id())
                .filter(now -> now.finished().isEmpty())
                .ifPresent(this::resume);
        run.upgrade().map(upgradeTurns::of).ifPresentOrElse(upgrade -> upgrade.besideOthers(unlessEnded), unlessEnded);
    }

    /** A cleanup of which something is unsettled waits; an undo goes on with the rest, as nothing holds it up. */
    private void resume(Run run) {
        Optional<Instant> wait = asksToWait(run);
        if (wait.isPresent()) {
            if (said.isNew(run.id().value(), "until " + wait.get())) {
                LOG.info(
                        "run {} of job {} waits: its system takes no requests before {}",
                        run.id(),
                        run.job(),
                        wait.get());
            }
            return;
        }
        if (!isUndo(run) && isHeld(run)) {
            return;
        }
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
            cleanup.resume(files.current(), run, Work.NOTE)
                    .ifPresentOrElse(answer -> tell(run, answer), () -> gone(run));
        } catch (RuntimeException e) {
            DaemonLog.failed(Task.run(run.job()), e, "run " + run.id() + " is gone on with once that is possible");
            settlements.soon();
        }
    }

    private void gone(Run run) {
        if (said.isNew(run.id().value(), "gone")) {
            LOG.warn("run {} waits: the file of its job {} is gone or wrong", run.id(), run.job());
        }
    }

    private void tell(Run run, RunAnswer answer) {
        if (answer instanceof RunAnswer.Ran ran) {
            settlements.ended(ran.run());
            DaemonLog.ended(ran.run(), "when its gate is open again");
        } else if (answer instanceof RunAnswer.GateClosed closed) {
            closed.gate().retryAt().ifPresent(at -> hold(run, at));
            if (said.isNew(run.id().value(), closed.gate().obstacles())) {
                LOG.info(
                        "run {} of job {} waits: {}",
                        run.id(),
                        run.job(),
                        closed.gate().reasons());
            }
        } else if (answer instanceof RunAnswer.Stale stale
                && said.isNew(run.id().value(), stale.reason())) {
            LOG.error("{}; tried again when something changes", stale.reason());
        }
    }
}
