package dev.sweepback.schedule;

import dev.sweepback.gate.Done;
import dev.sweepback.gate.Enablement;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Matching;
import dev.sweepback.gate.Question;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Purpose;
import dev.sweepback.upgrade.Upgrade;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Asks the gate for all upgrades that a job follows, from the record alone: checks are asked by the run itself. */
final class Openings {

    /**
     * @param upgrade the oldest whose gate is open; what was done and is only to be looked at again comes last
     * @param retryAt when to ask again, if only time is missing for one of them; otherwise when the journal tells news
     * @param reasons why the newest is not open
     */
    record Opening(Optional<Upgrade> upgrade, Optional<Instant> retryAt, String reasons) {}

    private final JournalReader journal;
    private final Gate gate;
    private final JobFiles files;
    private final Attempts attempts;
    private final Clock clock;

    Openings(JournalReader journal, Gate gate, JobFiles files, Attempts attempts, Clock clock) {
        this.journal = journal;
        this.gate = gate;
        this.files = files;
        this.attempts = attempts;
        this.clock = clock;
    }

    Opening ask(Job job) {
        return ask(job, Set.of());
    }

    /** @param except upgrades that are not to be begun now */
    Opening ask(Job job, Set<UpgradeId> except) {
        Instant now = clock.instant();
        List<Instant> times = new ArrayList<>();
        Optional<Upgrade> again = Optional.empty();
        String reasons = "no upgrade of package " + job.after().packageName() + " in "
                + job.after().environment() + " is known";
        for (Upgrade upgrade : Matching.upgrades(job, journal)) {
            if (except.contains(upgrade.id())) {
                continue;
            }
            GateState state = gate.fromRecord(question(job, upgrade, now));
            Optional<Instant> wait = state.isOpen() ? wait(job, upgrade, now) : state.retryAt();
            if (state.isOpen() && wait.isEmpty()) {
                if (!wasDone(job, upgrade)) {
                    return new Opening(Optional.of(upgrade), Optional.empty(), "");
                }
                again = again.or(() -> Optional.of(upgrade));
            }
            wait.ifPresent(times::add);
            reasons = "upgrade " + upgrade.id() + ": "
                    + (state.isOpen()
                            ? wait.map(at -> "tried already, again at " + at).orElse("open")
                            : state.reasons());
        }
        if (again.isPresent()) {
            return new Opening(again, Optional.empty(), "");
        }
        return new Opening(Optional.empty(), times.stream().min(Comparator.naturalOrder()), reasons);
    }

    private boolean wasDone(Job job, Upgrade upgrade) {
        return journal.read(Query.of(EntryType.RUN_FINISHED).job(job.name()).upgrade(upgrade.id())).stream()
                .anyMatch(Done::by);
    }

    private Optional<Instant> wait(Job job, Upgrade upgrade, Instant now) {
        return job.schedule().isPresent()
                ? Optional.empty()
                : attempts.notBefore(job.name(), upgrade.id()).filter(now::isBefore);
    }

    /** Whether the job would have run at a fire time at which no daemon was there. */
    boolean missed(Job job, Instant fire) {
        boolean began = journal
                .read(Query.of(EntryType.RUN_STARTED).job(job.name()).from(fire))
                .stream()
                .anyMatch(entry -> entry.data("purpose")
                        .filter(Purpose.CLEANUP.word()::equals)
                        .isPresent());
        return !began
                && Matching.upgrades(job, journal).stream()
                        .anyMatch(upgrade -> !wentOn(job, upgrade, fire)
                                && wasEnabled(job, upgrade, fire)
                                && gate.fromRecord(question(job, upgrade, fire)).isOpen());
    }

    private Question question(Job job, Upgrade upgrade, Instant at) {
        return new Question(job, files.current().policyOf(job), upgrade, Purpose.CLEANUP, journal, at);
    }

    private boolean wentOn(Job job, Upgrade upgrade, Instant fire) {
        return journal.first(Query.of(EntryType.RUN_RESUMED)
                        .job(job.name())
                        .upgrade(upgrade.id())
                        .from(fire)
                        .latest(1))
                .isPresent();
    }

    /** The gate knows the journal of now: what was enabled only after the fire time was not missed. */
    private boolean wasEnabled(Job job, Upgrade upgrade, Instant fire) {
        return job.start() == Job.Start.AUTOMATIC
                || Enablement.last(journal, job.name(), upgrade.id())
                        .map(Entry::time)
                        .filter(time -> !time.isAfter(fire))
                        .isPresent();
    }
}
