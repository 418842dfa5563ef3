package dev.sweepback.schedule;

import dev.sweepback.gate.Enablement;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Keeps a job without a schedule from trying again at once. Enabling it again, a word about its plan, or
 * changing a file, ends the wait. */
final class Attempts {

    /** After a run that did not succeed, and after a plan that was refused. */
    static final Duration AFTER_RUN = Duration.ofHours(1);

    /** After a failure that came before anything was begun: a system that could not be read, say. */
    static final Duration AFTER_FAILURE = Duration.ofMinutes(5);

    /**
     * @param seq the last entry at that time
     */
    private record Failure(Instant retryAt, long seq) {}

    private final JournalReader journal;
    private final Map<String, Failure> failures = new ConcurrentHashMap<>();

    Attempts(JournalReader journal) {
        this.journal = journal;
    }

    void failed(String job, UpgradeId upgrade, Instant retryAt) {
        failures.put(key(job, upgrade), new Failure(retryAt, Head.seq(journal)));
    }

    void forget() {
        failures.clear();
    }

    /** When the job may be tried again for the upgrade; empty if it was not tried since it was last enabled. */
    Optional<Instant> notBefore(String job, UpgradeId upgrade) {
        long enabled = Enablement.last(journal, job, upgrade).map(Entry::seq).orElse(0L);
        long word = journal.first(Query.of(EntryType.PLAN_APPROVED, EntryType.PLAN_REJECTED)
                        .job(job)
                        .upgrade(upgrade)
                        .latest(1))
                .map(Entry::seq)
                .orElse(0L);
        Optional<Instant> failed = Optional.ofNullable(failures.get(key(job, upgrade)))
                .filter(failure -> failure.seq() >= Math.max(enabled, word))
                .map(Failure::retryAt);
        Optional<Instant> ended =
                journal
                        .read(Query.of(EntryType.RUN_FINISHED)
                                .job(job)
                                .upgrade(upgrade)
                                .after(enabled))
                        .stream()
                        .filter(entry -> entry.data("purpose")
                                .filter(Purpose.CLEANUP.word()::equals)
                                .isPresent())
                        .reduce((earlier, later) -> later)
                        .map(entry -> entry.time().plus(AFTER_RUN));
        return Stream.of(failed, ended).flatMap(Optional::stream).max(Comparator.naturalOrder());
    }

    private static String key(String job, UpgradeId upgrade) {
        return job + " " + upgrade;
    }
}
