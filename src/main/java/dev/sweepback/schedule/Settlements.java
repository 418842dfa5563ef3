package dev.sweepback.schedule;

import dev.sweepback.job.Counted;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Run;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Recovery;
import dev.sweepback.run.ResumeAt;
import dev.sweepback.run.StopSignal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles by looking what was left open. What stays unsettled is looked at ever more seldom, as each look is recorded. */
final class Settlements {

    static final Duration FIRST_WAIT = Duration.ofMinutes(1);
    private static final Duration LAST_WAIT = Duration.ofHours(1);

    private static final Logger LOG = LoggerFactory.getLogger(Settlements.class);

    private final JournalReader journal;
    private final Cleanup cleanup;
    private final Clock clock;
    private final StopSignal stop;

    /** Jobs of which something is unsettled: nothing else of them is begun before. */
    private final Map<String, Instant> blocked = new ConcurrentHashMap<>();

    private volatile boolean open;
    private volatile Duration wait = FIRST_WAIT;
    private volatile Instant next = Instant.MIN;
    private volatile Instant looked = Instant.MIN;

    Settlements(JournalReader journal, Cleanup cleanup, Clock clock, StopSignal stop) {
        this.journal = journal;
        this.cleanup = cleanup;
        this.clock = clock;
        this.stop = stop;
    }

    /** Whether something may be open and wait for another look now. */
    boolean isNeeded() {
        return open && isTime();
    }

    boolean isTime() {
        return !clock.instant().isBefore(next);
    }

    /** Whether a limit for which something could not be seen is over, and nobody has looked since. */
    boolean isOver(ResumeAt limit) {
        return !limit.isAhead(clock.instant()) && limit.instant().isAfter(looked);
    }

    /** Until when it is of no use to hand over the job. */
    Instant blockedUntil(String job) {
        return blocked.getOrDefault(job, Instant.MIN);
    }

    /** Nothing of the job is begun before the next look. */
    void block(String job) {
        open = true;
        Instant soon = clock.instant().plus(FIRST_WAIT);
        blocked.put(job, next.isAfter(soon) ? next : soon);
    }

    /** Something failed, and nobody knows what it left behind. */
    void mayBeOpen() {
        open = true;
    }

    void ended(Run run) {
        if (!run.open().isEmpty()) {
            open = true;
        }
    }

    /** What was announced just now and has not been looked at is not made to wait as long as what was looked at in vain. */
    void soon() {
        open = true;
        Instant soon = clock.instant().plus(FIRST_WAIT);
        boolean fresh = Run.interrupted(journal).stream()
                .flatMap(run -> run.open().stream())
                .anyMatch(operation -> operation.lookFailed().isEmpty());
        if (fresh && soon.isBefore(next)) {
            next = soon;
        }
    }

    /** Nothing may be under way. */
    void settle() {
        Duration before = wait;
        // Set first, as a look that fails altogether must not be repeated at once either.
        wait = before.compareTo(LAST_WAIT) < 0 ? before.multipliedBy(2) : before;
        looked = clock.instant();
        next = looked.plus(wait);
        Recovery.Settled settled = cleanup.settleInTime(Work.NOTE);
        if (stop.isRaised()) {
            return;
        }
        List<Instant> limits = settled.left() > 0 ? limits() : List.of();
        boolean inVain = settled.left() > limits.size();
        open = settled.left() > 0;
        wait = inVain ? wait : FIRST_WAIT;
        Instant waited = clock.instant().plus(wait);
        next = limits.stream()
                .min(Comparator.naturalOrder())
                .filter(limit -> !inVain || limit.isBefore(waited))
                .orElse(waited);
        blocked.clear();
        tell(settled, inVain);
    }

    /** Until when systems take no look at what is open. */
    private List<Instant> limits() {
        Instant now = clock.instant();
        return Run.withOpen(journal).stream()
                .flatMap(run -> run.open().stream())
                .flatMap(operation -> ResumeAt.of(operation).stream())
                .filter(until -> until.isAhead(now))
                .map(ResumeAt::instant)
                .toList();
    }

    private void tell(Recovery.Settled settled, boolean inVain) {
        String left = Counted.text(settled.left(), "operation");
        if (settled.left() > 0 && !inVain) {
            LOG.info("{} to be settled once their systems take requests again, from {} on", left, next);
        } else if (settled.left() > 0) {
            LOG.error(
                    "left unsettled, as their systems do not answer: {}; looked at again at {}, and until then nothing"
                            + " else is done to these resources",
                    left,
                    next.truncatedTo(ChronoUnit.SECONDS));
        } else if (settled.found() > 0) {
            LOG.warn("left open and settled now: {}", Counted.text(settled.found(), "operation"));
        }
    }
}
