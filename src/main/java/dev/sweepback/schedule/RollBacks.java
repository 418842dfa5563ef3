package dev.sweepback.schedule;

import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.RollBack;
import dev.sweepback.run.StopSignal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts back what was removed for upgrades that are rolled back: of each upgrade strictly the newest run first, whatever its job. */
final class RollBacks {

    private static final Logger LOG = LoggerFactory.getLogger(RollBacks.class);

    private final JournalReader journal;
    private final Cleanup cleanup;
    private final JobFiles files;
    private final UpgradeTurns turns;
    private final Clock clock;
    private final StopSignal stop;
    private final Round round;
    private final Said said = new Said();

    /** Upgrades with a run under way, which ends at its next wave as its gate is closed. */
    private final Set<UpgradeId> held = ConcurrentHashMap.newKeySet();

    RollBacks(
            JournalReader journal, Cleanup cleanup, JobFiles files, UpgradeTurns turns, Clock clock, StopSignal stop) {
        this.journal = journal;
        this.cleanup = cleanup;
        this.files = files;
        this.turns = turns;
        this.clock = clock;
        this.stop = stop;
        this.round = new Round(clock);
    }

    /** The journal tells news: an upgrade may be rolled back, or a run may have ended. */
    void news() {
        round.news();
    }

    boolean isTime() {
        return round.isTime()
                || held.stream().anyMatch(upgrade -> turns.of(upgrade).isFree());
    }

    /** @return the undos that were made; that one upgrade cannot be read keeps none of the others from it */
    List<Run> putBack() {
        round.begin();
        held.clear();
        List<Run> undos = new ArrayList<>();
        for (UpgradeId upgrade : RollBack.underWay(journal)) {
            try {
                if (!turns.of(upgrade).alone(() -> putBack(upgrade, undos))) {
                    held.add(upgrade);
                }
            } catch (RuntimeException e) {
                DaemonLog.failed(
                        Task.ROLL_BACK, e, "what is left of upgrade " + upgrade + " is tried again in a minute");
            }
        }
        return undos;
    }

    private void putBack(UpgradeId upgrade, List<Run> undos) {
        Set<RunId> tried = new HashSet<>();
        RollBack state = cleanup.rollBack(upgrade, files.current());
        Optional<RollBack.Part> next = next(state);
        while (next.isPresent()
                && !stop.isRaised()
                && tried.add(next.get().run().id())) {
            Optional<Run> undo = cleanup.rollBack(upgrade, next.get(), Work.NOTE);
            undo.ifPresent(BackOuts::tell);
            undo.ifPresent(undos::add);
            state = cleanup.rollBack(upgrade, files.current());
            next = next(state);
        }
        if (cleanup.rolledBack(state, Work.NOTE)) {
            LOG.info("upgrade {} is rolled back; left alone, as changed by somebody: {}", upgrade, state.conflicts());
        } else if (!state.asks().isEmpty() && said.isNew(upgrade.value(), asks(state))) {
            LOG.warn("upgrade {} is being rolled back, and {}", upgrade, asks(state));
        }
    }

    /** The newest that is to be put back unasked, or at least ended. One that failed and waits for its time holds up no other. */
    private Optional<RollBack.Part> next(RollBack state) {
        return state.left().stream()
                .filter(part -> switch (part.how()) {
                    case AUTO -> true;
                    case ASK -> false;
                    case NONE -> part.run().finished().isEmpty();
                })
                .filter(part -> part.isDue(clock.instant()))
                .findFirst();
    }

    static String asks(RollBack state) {
        return state.asks().stream()
                .map(part -> part.run().id() + " of job " + part.run().job())
                .collect(Collectors.joining(
                        " and run ",
                        "a person is to say so before what was removed for it is put back: run ",
                        "; stop serve, then: sweepback upgrade rollback " + state.upgrade()
                                + " --wait --yes, then start it again"));
    }
}
