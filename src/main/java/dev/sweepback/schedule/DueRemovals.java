package dev.sweepback.schedule;

import dev.sweepback.gate.GateState;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.Quarantine.Held;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Due;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.Terms;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes what quarantines have held long enough. What could not be removed is tried again after an hour. */
final class DueRemovals {

    private static final Logger LOG = LoggerFactory.getLogger(DueRemovals.class);
    private static final Duration RETRY = Duration.ofHours(1);

    private final Journal journal;
    private final Cleanup cleanup;
    private final UpgradeTurns turns;
    private final Clock clock;
    private final Quarantine quarantine;
    private final Said said = new Said();
    private final Map<RunId, Instant> notBefore = new ConcurrentHashMap<>();

    /** Runs whose gate waits for more than time. */
    private final Set<RunId> closed = ConcurrentHashMap.newKeySet();

    DueRemovals(Journal journal, Cleanup cleanup, UpgradeTurns turns, Clock clock) {
        this.journal = journal;
        this.cleanup = cleanup;
        this.turns = turns;
        this.clock = clock;
        this.quarantine = new Quarantine(journal);
    }

    /** The journal tells news: what waited for more than time may go on. */
    void news() {
        closed.clear();
    }

    /** For which jobs something is due now, and when something will be next. */
    record Outlook(Set<String> jobs, Optional<Instant> next) {}

    Outlook outlook(Set<String> known) {
        Instant now = clock.instant();
        Set<String> jobs = new LinkedHashSet<>();
        List<Instant> later = new ArrayList<>();
        for (Held held : quarantine.held(now)) {
            Instant at = later(held.dueAt(), notBefore.get(held.run().id()));
            boolean nothingFollows = held.then().isEmpty();
            if (nothingFollows
                    || closed.contains(held.run().id())
                    || !known.contains(held.run().job())) {
                continue;
            }
            if (at.isAfter(now)) {
                later.add(at);
            } else {
                jobs.add(held.run().job());
            }
        }
        return new Outlook(jobs, later.stream().min(Comparator.naturalOrder()));
    }

    private static Instant later(Instant dueAt, @Nullable Instant retryAt) {
        return retryAt == null || retryAt.isBefore(dueAt) ? dueAt : retryAt;
    }

    /**
     * The runs of a job with something due, whose gate is open; checks are waited for.
     *
     * @param except upgrades with a run that waits to be gone on with
     */
    Set<RunId> allowed(String job, Loaded files, Set<UpgradeId> except) {
        Job found = files.jobs().get(job);
        return found == null ? Set.of() : allowed(found, files, except);
    }

    /**
     * Removes what is due of a job.
     *
     * @param allowed the runs that it may be of
     * @return the runs that were made
     */
    List<Run> remove(String job, Loaded files, Set<RunId> allowed) {
        List<Run> runs = new ArrayList<>();
        if (allowed.isEmpty()) {
            return runs;
        }
        allowed.forEach(run -> notBefore.put(run, clock.instant().plus(RETRY)));
        for (Due due : cleanup.due(files, Optional.of(job))) {
            boolean wanted = due.plan().relatesTo().filter(allowed::contains).isPresent();
            if (wanted) {
                sayWhatStays(due);
            }
            if (wanted && due.hasWork()) {
                turns.of(due.terms().upgrade().id()).besideOthers(() -> remove(job, due, runs));
            }
        }
        return runs;
    }

    private void remove(String job, Due due, List<Run> runs) {
        RunAnswer answer = cleanup.run(due, Work.NOTE);
        if (answer instanceof RunAnswer.Ran ran) {
            runs.add(ran.run());
        } else if (answer instanceof RunAnswer.GateClosed closedGate) {
            stays(due.plan().relatesTo().orElseThrow(), job, closedGate.gate());
        } else if (said.isNew(due.plan().relatesTo() + " refused", DaemonLog.reason(answer))) {
            LOG.warn("job {}: what is due was not removed: {}; tried again in an hour", job, DaemonLog.reason(answer));
        }
    }

    private void sayWhatStays(Due due) {
        String run = due.plan().relatesTo().map(Object::toString).orElse("");
        String unclear = reasons(due.plan().unclear());
        String left = reasons(Stream.concat(due.plan().blocked().stream(), due.plan().kept().stream())
                .toList());
        if (!unclear.isEmpty() && said.isNew(run + " unclear", unclear)) {
            LOG.error("run {}: what is due cannot be looked at, tried again in an hour: {}", run, unclear);
        }
        if (!left.isEmpty() && said.isNew(run + " left", left)) {
            LOG.info("run {}: what is due stays: {}", run, left);
        }
    }

    private static String reasons(List<Item> items) {
        return items.stream().map(item -> item.ref() + ": " + item.reason()).collect(Collectors.joining("; "));
    }

    /** The runs of the job with something due, whose gate is open: that of a rolled-back upgrade never is again. */
    private Set<RunId> allowed(Job job, Loaded files, Set<UpgradeId> except) {
        Instant now = clock.instant();
        Set<RunId> allowed = new LinkedHashSet<>();
        for (Held held : quarantine.held(now)) {
            Run run = held.run();
            boolean due = run.job().equals(job.name())
                    && run.upgrade().filter(except::contains).isEmpty()
                    && !later(held.dueAt(), notBefore.get(run.id())).isAfter(now);
            if (due && isOpen(job, files.policyOf(job), run)) {
                allowed.add(run.id());
            }
        }
        return allowed;
    }

    private boolean isOpen(Job job, Policy policy, Run run) {
        Optional<Upgrade> upgrade = run.upgrade().flatMap(id -> Upgrades.find(journal, id));
        if (upgrade.isEmpty()) {
            return false;
        }
        GateState state = cleanup.gate(new Terms(job, policy, upgrade.get()), Purpose.DUE, Work.NOTE);
        if (!state.isOpen()) {
            stays(run.id(), job.name(), state);
        }
        return state.isOpen();
    }

    private void stays(RunId run, String job, GateState state) {
        state.retryAt().ifPresentOrElse(at -> notBefore.put(run, at), () -> closed.add(run));
        if (said.isNew(run.value(), state.obstacles())) {
            LOG.info("run {} of job {}: what is due stays: {}", run, job, state.reasons());
        }
    }
}
