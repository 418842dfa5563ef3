package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.Begun;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
import dev.sweepback.gate.Roles;
import dev.sweepback.job.Approval;
import dev.sweepback.job.BackOut;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.plan.Basis;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.UnknownConnection;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.MDC;

/** Carries out plans, cleanup and undo alike. Only the holder of the acting lock has one. */
public final class Runner {

    private final Journal journal;
    private final Systems systems;
    private final Planner planner;
    private final Gate gate;
    private final Clock clock;
    private final Pause pause;
    private final StopSignal stop;
    private final Roles roles;
    private final RunRecords records;
    private final PolicyTurns turns = new PolicyTurns();

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
        this.systems = systems;
        this.planner = planner;
        this.gate = gate;
        this.roles = roles;
        this.clock = clock;
        this.pause = pause;
        this.stop = stop;
        this.records = new RunRecords(journal, clock);
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
        GateState state = ask(plan, terms, next(plan.operations(), terms), note);
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
                return new RunAnswer.Ran(records.stopped(run, stale.get() + "; run the job again for a new one", note));
            }
            GateState state = ask(plan, terms.get(), next(remaining(run, plan), terms.get()), note);
            if (state.failures().isPresent()) {
                return new RunAnswer.Ran(
                        backedOut(run, terms.get(), state.failures().get(), note));
            }
            if (!state.isOpen()) {
                return new RunAnswer.GateClosed(state);
            }
            return carryOut(records.resumed(run, note), plan, Optional.of(new Asked(terms.get(), state)), note);
        }
        return carryOut(records.resumed(run, note), plan, Optional.empty(), note);
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

    private static int next(List<PlannedOperation> left, Terms terms) {
        return Waves.of(left, waveSize(Optional.of(terms))).stream()
                .findFirst()
                .map(List::size)
                .orElse(0);
    }

    /**
     * What a cleanup is carried out under.
     *
     * @param state what the gate said right before
     */
    private record Asked(Terms terms, GateState state) {}

    /** Asks the gate as who is about to act: checks are waited for, and what must be on record is recorded. */
    GateState ask(Terms terms, Purpose purpose, Note note) {
        return ask(question(terms, purpose, 0), note);
    }

    private GateState ask(Plan plan, Terms terms, int next, Note note) {
        return ask(question(terms, plan.purpose(), next), note);
    }

    private GateState ask(Question question, Note note) {
        return gate.act(question, this::waitUntil, journal, note.actor());
    }

    private Question question(Terms terms, Purpose purpose, int next) {
        // Somebody may have rolled it back since the run began.
        Upgrade upgrade = Upgrades.find(journal, terms.upgrade().id()).orElse(terms.upgrade());
        return new Question(terms.job(), terms.policy(), upgrade, purpose, journal, clock.instant(), next);
    }

    private boolean waitUntil(Instant instant) {
        pause.until(instant, clock, stop);
        return !stop.isRaised();
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
        return records.begin(plan, id, clearance, drafts).orElseGet(() -> carryOut(records.of(id), plan, asked, note));
    }

    private RunAnswer carryOut(Run run, Plan plan, Optional<Asked> asked, Note note) {
        MDC.put("run", run.id().value());
        try (PolicyTurns.Turn turn = turns.of(asked.map(Asked::terms))) {
            return carryOutWaves(run, plan, asked, turn, note);
        } finally {
            MDC.remove("run");
        }
    }

    private RunAnswer carryOutWaves(Run run, Plan plan, Optional<Asked> asked, PolicyTurns.Turn turn, Note note) {
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
            turn.begin();
            if (stop.isRaised()) {
                return new RunAnswer.Ran(records.paused(run, "asked to stop", putOff, note));
            }
            if (asked.isPresent()) {
                GateState state = beforeWave(plan, wave.size(), asked.get(), first, note);
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
                return new RunAnswer.Ran(records.stopped(run, failed.get(), note));
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

    /** Before the first wave the checks have just been asked; the record may have news all the same. */
    private GateState beforeWave(Plan plan, int next, Asked asked, boolean first, Note note) {
        return first
                ? gate.refreshed(question(asked.terms(), plan.purpose(), next), asked.state())
                : ask(plan, asked.terms(), next, note);
    }

    /** Ends a run whose check has failed, and says in the same entry what of it is to be taken back. */
    private Run backedOut(Run run, Terms terms, String failures, Note note) {
        BackOut.OnCheckFailure what = terms.job().backOut().onCheckFailure();
        return records.backedOut(
                run, "a check failed: " + failures, Wave.toTakeBack(run.withNews(journal), what, journal), note);
    }

    private void rest(Terms terms) {
        pause.until(clock.instant().plus(terms.policy().waves().pause()), clock, stop);
    }

    private static int waveSize(Optional<Terms> terms) {
        return terms.map(Terms::waveSize).orElse(Waves.UNDO_SIZE);
    }

    private static List<PlannedOperation> remaining(Run run, Plan plan) {
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
