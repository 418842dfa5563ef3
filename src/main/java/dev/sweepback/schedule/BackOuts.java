package dev.sweepback.schedule;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.RollBack;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the checks of runs that are watched, takes back what failed checks left, and puts back what rolled-back upgrades removed. */
final class BackOuts {

    /** Between two looks at runs that are watched. */
    static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(BackOuts.class);

    private final JournalReader journal;
    private final Cleanup cleanup;
    private final JobFiles files;
    private final Clock clock;
    private final Said said = new Said();
    private volatile Instant last = Instant.MIN;
    private volatile boolean news = true;

    BackOuts(JournalReader journal, Cleanup cleanup, JobFiles files, Clock clock) {
        this.journal = journal;
        this.cleanup = cleanup;
        this.files = files;
        this.clock = clock;
    }

    /** The journal tells news: an upgrade may be rolled back, or a run may have ended. */
    void news() {
        news = true;
    }

    /** A clock that was set back makes nothing wait. */
    boolean isTime() {
        Instant now = clock.instant();
        return news || now.isBefore(last) || !now.isBefore(after(last));
    }

    private static Instant after(Instant instant) {
        return instant.equals(Instant.MIN) ? instant : instant.plus(EVERY);
    }

    /** Asks the checks of what is watched. Waits for systems, and changes nothing but the record. */
    void watch() {
        last = clock.instant();
        news = false;
        for (Entry ended : cleanup.watch(files.current(), Work.NOTE)) {
            LOG.info(
                    "the watch of run {} of job {} has ended: {}",
                    ended.run().orElseThrow(),
                    ended.job().orElse(""),
                    ended.reason().orElse(""));
        }
    }

    /** @return the undos that were made */
    List<Run> takeBack() {
        List<Run> undos = cleanup.backOut(Work.NOTE);
        undos.forEach(this::tell);
        return undos;
    }

    /** The job of the newest run that is to be taken back now, as its upgrade is rolled back. */
    Optional<String> next() {
        Loaded now = files.current();
        for (UpgradeId upgrade : RollBack.underWay(journal)) {
            RollBack state = cleanup.rollBack(upgrade, now);
            List<RollBack.Part> due = state.due(clock.instant());
            if (!due.isEmpty()) {
                return Optional.of(due.get(0).run().job());
            }
            if (cleanup.rolledBack(state, Work.NOTE)) {
                LOG.info(
                        "upgrade {} is rolled back; left alone, as changed by somebody: {}",
                        upgrade,
                        state.conflicts());
            } else if (!state.asks().isEmpty() && said.isNew(upgrade.value(), asks(state))) {
                LOG.warn("upgrade {} is being rolled back, and {}", upgrade, asks(state));
            }
        }
        return Optional.empty();
    }

    private static String asks(RollBack state) {
        List<String> runs = new ArrayList<>();
        state.asks().forEach(part -> runs.add("sweepback undo " + part.run().id()));
        return "a person is to put back what was removed for it: " + String.join(" and ", runs);
    }

    /** Takes back what a job did for upgrades that are rolled back. Nothing of the job may be under way. */
    List<Run> rollBack(String job) {
        List<Run> undos = new ArrayList<>();
        for (UpgradeId upgrade : RollBack.underWay(journal)) {
            for (RollBack.Part part : cleanup.rollBack(upgrade, files.current()).due(clock.instant())) {
                if (part.run().job().equals(job)) {
                    cleanup.rollBack(upgrade, part, Work.NOTE).ifPresent(undos::add);
                }
            }
        }
        undos.forEach(this::tell);
        return undos;
    }

    private void tell(Run undo) {
        LOG.warn(
                "{}: run {} takes back run {} of job {}: {}",
                undo.started().reason().orElse(""),
                undo.id(),
                undo.undoOf().orElseThrow(),
                undo.job(),
                TripwireLooks.result(undo));
        news = true;
    }
}
