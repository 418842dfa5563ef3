package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.Begun;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Approval;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.plan.Basis;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.UnknownConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Carries out plans, cleanup and undo alike. Only the holder of the acting lock has one. */
public final class Runner {

    private final Journal journal;
    private final Planner planner;
    private final RunGate gate;
    private final Clock clock;
    private final Roles roles;
    private final RunRecords records;
    private final WaveByWave waves;

    public Runner(
            Journal journal,
            Systems systems,
            Planner planner,
            Gate gate,
            Roles roles,
            Clock clock,
            Pause pause,
            StopSignal stop) {
        this.journal = journal;
        this.planner = planner;
        this.gate = new RunGate(journal, gate, clock, pause, stop);
        this.roles = roles;
        this.clock = clock;
        this.records = new RunRecords(journal, clock);
        this.waves = new WaveByWave(journal, systems, this.gate, records, clock, pause, stop);
    }

    /** Asks the gate as a run would before it begins. */
    GateState ask(Terms terms, Purpose purpose, Note note) {
        return gate.ask(terms, purpose, 0, note);
    }

    /** Begins a plan of cleanup or of due removals, if gate, guards and age allow it. */
    public RunAnswer run(Plan plan, Terms terms, Note note) {
        return run(plan, terms, List.of(), Optional.empty(), note);
    }

    /**
     * As {@link #run(Plan, Terms, Note)}.
     *
     * @param endings recorded in the same commit that begins the run
     * @param typed the environment's name, as a person has typed it
     */
    RunAnswer run(Plan plan, Terms terms, List<Ending> endings, Optional<String> typed, Note note) {
        Optional<RunAnswer> objection = objection(plan, terms, typed);
        if (objection.isPresent()) {
            return objection.get();
        }
        GateState state = gate.ask(terms, plan.purpose(), WaveByWave.next(plan.operations(), terms), note);
        return state.isOpen()
                ? begin(plan, new Asked(terms, state), clearance(plan, terms, typed), endings, note)
                : new RunAnswer.GateClosed(state);
    }

    /** Why the plan cannot be carried out, whatever its gate says; empty if it can. */
    Optional<RunAnswer> objection(Plan plan, Terms terms, Optional<String> typed) {
        return objection(plan, terms).or(() -> clearance(plan, terms, typed).missing(journal));
    }

    /** As {@link #objection(Plan, Terms, Optional)}, before a person is asked to type anything. */
    Optional<RunAnswer> objection(Plan plan, Terms terms) {
        if (records.isUsed(plan)) {
            return Optional.of(RunRecords.used(plan));
        }
        if (!plan.refusals().isEmpty()) {
            return Optional.of(new RunAnswer.Refused(plan.refusals()));
        }
        Basis now = planner.basis(terms.job(), terms.policy(), terms.upgrade());
        return plan.staleAgainst(now, clock.instant())
                .<RunAnswer>map(RunAnswer.Stale::new)
                .or(() -> clearance(plan, terms, Optional.empty()).notApproved(journal));
    }

    boolean needsName(Plan plan, Terms terms) {
        return clearance(plan, terms, Optional.empty()).notConfirmed(journal).isPresent();
    }

    /** Whose word an undo still needs that somebody asks for. */
    Optional<RunAnswer> objection(Plan undo, Approval wanted) {
        return clearance(undo, Optional.of(wanted)).notApproved(journal);
    }

    private Clearance clearance(Plan plan, Terms terms, Optional<String> typed) {
        return Clearance.of(plan, terms, typed, roles, clock);
    }

    private Clearance clearance(Plan undo, Optional<Approval> wanted) {
        return new Clearance(undo, wanted, Optional.empty(), Optional.empty(), roles, clock);
    }

    /**
     * Begins an undo: no gate, cap or age holds it up.
     *
     * @param released what a quarantine holds no longer from the moment that the undo begins
     * @param wanted whose word it needs; nobody's if it begins by itself
     */
    RunAnswer undo(Plan plan, List<OperationId> released, Cause cause, Optional<Approval> wanted, Note note) {
        RunId id = new RunId(Ids.random());
        Draft started = RunRecords.started(plan, id, note)
                .data(
                        Quarantine.RELEASED,
                        Entries.texts(released.stream().map(OperationId::value).toList()));
        return begin(plan, id, Optional.empty(), clearance(plan, wanted), List.of(cause.addTo(started)), note);
    }

    /**
     * Goes on with a run that was interrupted or paused, unless its plan is stale now: then the run ends. Its open intents must
     * be settled before, by {@link Recovery}.
     */
    public RunAnswer resume(Run run, Optional<Terms> terms, Note note) {
        Plan plan = Plans.find(journal, run.plan())
                .orElseThrow(
                        () -> new JournalException("the plan of run " + run.id() + " is missing from the journal"));
        if (terms.isPresent()) {
            Optional<String> stale = stale(plan, terms.get());
            if (stale.isPresent()) {
                return new RunAnswer.Ran(
                        records.brokenOff(run, stale.get() + "; run the job again for a new one", terms, note));
            }
            GateState state = gate.ask(
                    terms.get(), plan.purpose(), WaveByWave.next(WaveByWave.remaining(run, plan), terms.get()), note);
            if (state.failures().isPresent()) {
                return new RunAnswer.Ran(
                        waves.backedOut(run, terms.get(), state.failures().get(), note));
            }
            if (!state.isOpen()) {
                return new RunAnswer.GateClosed(state);
            }
            return waves.carryOut(records.resumed(run, note), plan, Optional.of(new Asked(terms.get(), state)), note);
        }
        return waves.carryOut(records.resumed(run, note), plan, Optional.empty(), note);
    }

    private Optional<String> stale(Plan plan, Terms terms) {
        try {
            return plan.staleAgainst(planner.basis(terms.job(), terms.policy(), terms.upgrade()), clock.instant());
        } catch (UnknownConnection e) {
            return Optional.of("changed since the plan was made: " + e.getMessage());
        }
    }

    /** Ends a run that will not be gone on with. */
    public Run stop(Run run, String reason, Note note) {
        return records.stopped(run, reason, note);
    }

    private RunAnswer begin(Plan plan, Asked asked, Clearance clearance, List<Ending> endings, Note note) {
        RunId id = new RunId(Ids.random());
        List<Draft> drafts = new ArrayList<>(List.of(RunRecords.started(plan, id, note)
                .data(Begun.POLICY, asked.terms().policy().name())));
        endings.forEach(ending -> drafts.add(ending.entry(id, note)));
        return begin(plan, id, Optional.of(asked), clearance, drafts, note);
    }

    private RunAnswer begin(
            Plan plan, RunId id, Optional<Asked> asked, Clearance clearance, List<Draft> drafts, Note note) {
        return records.begin(plan, id, clearance, drafts)
                .orElseGet(() -> waves.carryOut(records.of(id), plan, asked, note));
    }
}
