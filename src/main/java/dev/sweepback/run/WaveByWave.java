package dev.sweepback.run;

import dev.sweepback.gate.GateState;
import dev.sweepback.job.BackOut;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.MDC;

/** Carries out plans wave by wave; a cleanup asks the gate before each of them, and backs out where a check has failed. */
final class WaveByWave {

    private final Journal journal;
    private final Systems systems;
    private final RunGate gate;
    private final RunRecords records;
    private final Clock clock;
    private final Pause pause;
    private final StopSignal stop;
    private final PolicyTurns turns = new PolicyTurns();

    WaveByWave(
            Journal journal,
            Systems systems,
            RunGate gate,
            RunRecords records,
            Clock clock,
            Pause pause,
            StopSignal stop) {
        this.journal = journal;
        this.systems = systems;
        this.gate = gate;
        this.records = records;
        this.clock = clock;
        this.pause = pause;
        this.stop = stop;
    }

    /** Carries out what is left of a plan; an undo is asked nothing. */
    RunAnswer carryOut(Run run, Plan plan, Optional<Asked> asked, Note note) {
        MDC.put("run", run.id().value());
        try (PolicyTurns.Turn turn = turns.of(asked.map(Asked::terms))) {
            return carryOut(run, plan, asked, turn, note);
        } finally {
            MDC.remove("run");
        }
    }

    private RunAnswer carryOut(Run run, Plan plan, Optional<Asked> asked, PolicyTurns.Turn turn, Note note) {
        Optional<Terms> terms = asked.map(Asked::terms);
        Situation situation = new Situation(
                run,
                note.actor(),
                journal,
                systems,
                clock,
                terms.map(known -> known.policy().minIdle()).orElse(Duration.ZERO));
        Waves waves = new Waves(situation, terms.flatMap(known -> known.policy().rate()), pause, stop);
        List<List<PlannedOperation>> all = Waves.of(remaining(run, plan), waveSize(terms));
        boolean first = true;
        Run now = run;
        PutOff putOff = PutOff.unseen(run, clock.instant());
        for (List<PlannedOperation> wave : all) {
            if (!first) {
                terms.ifPresent(this::rest);
            }
            boolean waited = turn.begin();
            if (stop.isRaised()) {
                return new RunAnswer.Ran(records.paused(run, "asked to stop", putOff, note));
            }
            if (asked.isPresent()) {
                Asked before =
                        first && !waited ? asked.get() : gate.ask(asked.get(), plan.purpose(), wave.size(), note);
                // Answers take their time, and the record may have news meanwhile.
                GateState state = gate.again(before, plan.purpose(), wave.size());
                if (state.failures().isPresent()) {
                    return new RunAnswer.Ran(
                            backedOut(now, asked.get().terms(), state.failures().get(), note));
                }
                if (!state.isOpen()) {
                    return new RunAnswer.Ran(records.paused(run, "gate closed: " + state.reasons(), putOff, note));
                }
                journal.append(Wave.begun(run, wave, state, note));
            }
            first = false;
            PutOff inWave = waves.carryOut(withoutUnmetNeeds(wave, plan, now, note));
            turn.end();
            putOff = putOff.and(inWave);
            now = now.withNews(journal);
            Optional<String> failed = Results.tooManyFailures(now, terms, putOff);
            if (failed.isPresent()) {
                return new RunAnswer.Ran(records.brokenOff(now, failed.get(), terms, note));
            }
            if (inWave.reason().isPresent() && terms.isPresent()) {
                return new RunAnswer.Ran(records.paused(run, inWave.reason().get(), inWave, note));
            }
        }
        if (stop.isRaised() && !remaining(now, plan).isEmpty()) {
            return new RunAnswer.Ran(records.paused(run, "asked to stop", putOff, note));
        }
        if (putOff.reason().isPresent()) {
            return new RunAnswer.Ran(records.paused(run, putOff.reason().get(), putOff, note));
        }
        return new RunAnswer.Ran(records.finished(now, plan, terms, note));
    }

    /** Ends a run whose check has failed, and says in the same entry what of it is to be taken back. */
    Run backedOut(Run run, Terms terms, String failures, Note note) {
        BackOut.OnCheckFailure what = terms.job().backOut().onCheckFailure();
        return records.backedOut(
                run, "a check failed: " + failures, Wave.toTakeBack(run.withNews(journal), what, journal), note);
    }

    private void rest(Terms terms) {
        pause.until(clock.instant().plus(terms.policy().waves().pause()), clock, stop);
    }

    /** How many operations the next wave has. */
    static int next(List<PlannedOperation> left, Terms terms) {
        return Waves.of(left, waveSize(Optional.of(terms))).stream()
                .findFirst()
                .map(List::size)
                .orElse(0);
    }

    private static int waveSize(Optional<Terms> terms) {
        return terms.map(Terms::waveSize).orElse(Waves.UNDO_SIZE);
    }

    static List<PlannedOperation> remaining(Run run, Plan plan) {
        return plan.operations().stream()
                .filter(operation -> run.operation(operation.id())
                        .map(record -> !record.over() && !record.open())
                        .orElse(true))
                .toList();
    }

    /** Skips the operations whose needed steps did not wholly succeed, and says so. */
    private List<PlannedOperation> withoutUnmetNeeds(List<PlannedOperation> wave, Plan plan, Run run, Note note) {
        Set<String> failed = Results.failedSteps(plan, run);
        List<PlannedOperation> free = new ArrayList<>();
        List<Draft> skipped = new ArrayList<>();
        for (PlannedOperation operation : wave) {
            Optional<String> unmet =
                    operation.needs().stream().filter(failed::contains).findFirst();
            if (unmet.isPresent()) {
                skipped.add(Entries.skipped(
                        run,
                        operation,
                        note.actor(),
                        Outcome.SKIPPED,
                        "needs step '" + unmet.get() + "', which did not succeed"));
            } else {
                free.add(operation);
            }
        }
        if (!skipped.isEmpty()) {
            journal.append(skipped);
        }
        return free;
    }
}
