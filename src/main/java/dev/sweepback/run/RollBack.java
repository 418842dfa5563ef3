package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.TakenBack;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.UpgradeState;
import dev.sweepback.upgrade.Upgrades;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is left to put back for an upgrade that is being rolled back. What an undo since then found changed by somebody is not
 * left: it is a conflict, and stays.
 *
 * @param left newest first
 * @param leftAlone the reverts of what stays as it is, as somebody has changed it or it has no way back
 */
public record RollBack(UpgradeId upgrade, List<Part> left, List<OperationRecord> leftAlone) {

    /**
     * One run.
     *
     * @param operations of it that were not taken back
     * @param undos that were begun for it, oldest first
     */
    public record Part(Run run, List<OperationId> operations, BackOut.OnRollback how, List<Run> undos) {
        public Part {
            operations = List.copyOf(operations);
            undos = List.copyOf(undos);
        }

        /** Whether it was tried, and is not under way. */
        public boolean hasFailed() {
            return !undos.isEmpty() && undos.get(undos.size() - 1).finished().isPresent();
        }

        /** An undo that has not ended is gone on with, or waits for its system. */
        public boolean isDue(Instant now) {
            return undos.isEmpty()
                    || undos.get(undos.size() - 1)
                            .finished()
                            .filter(ended -> Retry.isDue(ended.time(), undos.size(), now))
                            .isPresent();
        }
    }

    public RollBack {
        left = List.copyOf(left);
        leftAlone = List.copyOf(leftAlone);
    }

    /** How many things stay as they are. */
    public int conflicts() {
        return leftAlone.size();
    }

    /** The upgrades that are being rolled back, oldest first. */
    public static List<UpgradeId> underWay(JournalReader journal) {
        return Upgrades.all(journal).stream()
                .filter(upgrade -> upgrade.state() == UpgradeState.ROLLING_BACK)
                .map(Upgrade::id)
                .toList();
    }

    /** Of an upgrade that is being rolled back, or was. */
    public static RollBack of(UpgradeId upgrade, Loaded files, JournalReader journal) {
        long since = journal.first(Query.of(EntryType.UPGRADE_ROLLING_BACK)
                        .upgrade(upgrade)
                        .latest(1))
                .orElseThrow()
                .seq();
        List<Run> undos = undos(upgrade, since, journal);
        Set<OperationId> takenBack = TakenBack.ids(journal, 0);
        Map<OperationId, OperationRecord> leftAlone = leftAlone(undos);
        leftAlone.keySet().removeAll(takenBack);
        List<Part> left = new ArrayList<>();
        Run.each(journal, Query.of(EntryType.RUN_STARTED).upgrade(upgrade).latest(0), run -> {
            List<OperationId> operations = run.operations().stream()
                    .filter(OperationRecord::leavesSomething)
                    .map(OperationRecord::id)
                    .filter(id -> !takenBack.contains(id) && !leftAlone.containsKey(id))
                    .toList();
            boolean cleanup = !run.isUndo();
            if (cleanup && (run.finished().isEmpty() || !operations.isEmpty())) {
                left.add(new Part(run, operations, how(run, files), own(run, undos)));
            }
        });
        return new RollBack(upgrade, left, List.copyOf(leftAlone.values()));
    }

    /** Whether all is put back that is to be. */
    public boolean isOver() {
        return left.stream()
                .allMatch(part -> part.how() == BackOut.OnRollback.NONE
                        && part.run().finished().isPresent());
    }

    /** What nobody need be asked for and is due: to be taken back, or at least to be ended. */
    public List<Part> due(Instant now) {
        return left.stream()
                .filter(part -> part.how() == BackOut.OnRollback.AUTO
                        || (part.how() == BackOut.OnRollback.NONE
                                && part.run().finished().isEmpty()))
                .filter(part -> part.isDue(now))
                .toList();
    }

    /** What waits for a person. */
    public List<Part> asks() {
        return left.stream()
                .filter(part -> part.how() == BackOut.OnRollback.ASK)
                .toList();
    }

    /** Who took the job's file away cannot have meant that it is put back unasked. */
    private static BackOut.OnRollback how(Run run, Loaded files) {
        return Optional.ofNullable(files.jobs().get(run.job()))
                .map(job -> job.backOut().onRollback())
                .orElse(BackOut.OnRollback.ASK);
    }

    private static List<Run> undos(UpgradeId upgrade, long since, JournalReader journal) {
        List<Run> undos = new ArrayList<>();
        Run.each(journal, Query.of(EntryType.RUN_STARTED).upgrade(upgrade).after(since), run -> {
            if (run.undoOf().isPresent()) {
                undos.add(run);
            }
        });
        return undos;
    }

    /** The reverts that ended so, by what they were to take back. */
    private static Map<OperationId, OperationRecord> leftAlone(List<Run> undos) {
        Map<OperationId, OperationRecord> leftAlone = new LinkedHashMap<>();
        undos.stream()
                .flatMap(undo -> undo.operations().stream())
                .filter(revert -> RunJson.isImpossible(revert)
                        || revert.outcome()
                                .filter(outcome -> outcome == Outcome.CONFLICT || outcome == Outcome.SKIPPED)
                                .isPresent())
                .forEach(revert -> revert.reverts().ifPresent(id -> leftAlone.put(id, revert)));
        return leftAlone;
    }

    private static List<Run> own(Run run, List<Run> undos) {
        return undos.stream()
                .filter(undo -> undo.undoOf().equals(Optional.of(run.id())))
                .toList();
    }
}
