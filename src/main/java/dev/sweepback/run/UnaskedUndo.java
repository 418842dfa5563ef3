package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.undo.Only;
import dev.sweepback.undo.Pending;
import dev.sweepback.undo.UndoPlanner;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Undo that begins by itself: for what was used, for what a check found bad, and for what is rolled back. Neither gate nor policy is asked. */
final class UnaskedUndo {

    private final Journal journal;
    private final Engine engine;
    private final Clock clock;

    /** One undo at a time is planned and carried out of a run, so that none is begun twice. */
    private final Map<RunId, Object> locks = new ConcurrentHashMap<>();

    UnaskedUndo(Journal journal, Engine engine, Clock clock) {
        this.journal = journal;
        this.engine = engine;
        this.clock = clock;
    }

    /** Puts back what tripped, and what did earlier and could not be put back. */
    List<Run> putBack(Looked looked, Note note) {
        Map<RunId, List<Trip>> ofRuns = new LinkedHashMap<>();
        Stream.concat(looked.trips().stream(), engine.failedTrips().due().stream())
                .forEach(trip -> ofRuns.computeIfAbsent(trip.of(), unused -> new ArrayList<>())
                        .add(trip));
        List<Run> undos = new ArrayList<>();
        ofRuns.forEach((run, trips) -> {
            String reason = trips.stream().map(Trip::text).collect(Collectors.joining("; ", "tripwire: ", ""));
            List<OperationId> operations = trips.stream().map(Trip::operation).toList();
            Optional<Run> undo = takeBack(run(run), operations, reason, new Cause.Trips(trips), note);
            undo.ifPresentOrElse(undos::add, () -> trips.forEach(engine.failedTrips()::forget));
        });
        return undos;
    }

    /** Takes back what failed checks left to be taken back. */
    List<Run> backOut(Note note) {
        List<Run> undos = new ArrayList<>();
        EachOne each = new EachOne();
        for (BackingOut owed : BackingOut.due(journal, clock.instant())) {
            each.carefully(() -> backOut(owed, note).ifPresent(undos::add));
        }
        each.end();
        return undos;
    }

    private Optional<Run> backOut(BackingOut owed, Note note) {
        synchronized (lock(owed.run())) {
            // Another thread, such as that of the run itself, may have seen to it in between.
            return BackingOut.due(journal, clock.instant()).contains(owed)
                    ? takeBack(
                            run(owed.run()), owed.operations(), owed.reason(), new Cause.FailedCheck(owed.seq()), note)
                    : Optional.empty();
        }
    }

    private Object lock(RunId run) {
        return locks.computeIfAbsent(run, unused -> new Object());
    }

    /**
     * Takes back one run of an upgrade that is being rolled back; one that is not wanted back is only ended. Nothing of it may be
     * under way.
     */
    Optional<Run> rollBack(UpgradeId upgrade, RollBack.Part part, Note note) {
        if (part.run().finished().isEmpty()) {
            engine.runner().stop(part.run(), "stopped, as upgrade " + upgrade + " is rolled back", note);
        }
        return part.how() == BackOut.OnRollback.NONE
                ? Optional.empty()
                : takeBack(
                        part.run(),
                        part.operations(),
                        "upgrade " + upgrade + " is rolled back",
                        new Cause.RollBack(upgrade),
                        note);
    }

    /** How far a roll-back has come. */
    RollBack rollBack(UpgradeId upgrade, Loaded files) {
        return RollBack.of(upgrade, files, journal);
    }

    private Run run(RunId id) {
        return Run.find(journal, id).orElseThrow();
    }

    private Optional<Run> takeBack(Run run, Collection<OperationId> operations, String reason, Cause cause, Note note) {
        if (operations.isEmpty()) {
            return Optional.empty();
        }
        synchronized (lock(run.id())) {
            return plannedAndCarriedOut(run, operations, reason, cause, note);
        }
    }

    private Optional<Run> plannedAndCarriedOut(
            Run run, Collection<OperationId> operations, String reason, Cause cause, Note note) {
        Only only = Only.operations(engine.prerequisites().with(run, operations));
        Plan plan = new UndoPlanner(journal, clock).plan(run, only, Pending.of(run, journal));
        if (plan.operations().isEmpty() && plan.kept().isEmpty()) {
            return Optional.empty();
        }
        Note caused = new Note(note.actor(), Optional.of(reason), note.ticket());
        Plans.save(journal, plan, caused);
        RunAnswer answer = engine.runner().undo(plan, released(plan), cause, Optional.empty(), caused);
        return answer instanceof RunAnswer.Ran ran ? Optional.of(ran.run()) : Optional.empty();
    }

    /** Nothing that an undo covers is removed when it would have been due, whatever becomes of the undo. */
    List<OperationId> released(Plan undo) {
        Set<ResourceRef> covered = Stream.concat(
                        undo.operations().stream().map(PlannedOperation::ref),
                        undo.kept().stream().map(Item::ref))
                .collect(Collectors.toSet());
        return Quarantine.held(journal, clock.instant()).stream()
                .filter(held -> covered.contains(held.ref()))
                .map(held -> held.operation().id())
                .toList();
    }
}
