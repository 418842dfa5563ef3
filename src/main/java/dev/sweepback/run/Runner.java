package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.Begun;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
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
    private final RunRecords records;
    private final PolicyTurns turns = new PolicyTurns();

    public Runner(
            Journal journal, Systems systems, Planner planner, Gate gate, Clock clock, Pause pause, StopSignal stop) {
        this.journal = journal;
        this.systems = systems;
        this.planner = planner;
        this.gate = gate;
        this.clock = clock;
        this.pause = pause;
        this.stop = stop;
        this.records = new RunRecords(journal);
    }

    /** Begins a plan of cleanup or of due removals, if gate, guards and age allow it. */
    public RunAnswer run(Plan plan, Terms terms, Note note) {
        return run(plan, terms, List.of(), note);
    }

    /** As {@link #run(Plan, Terms, Note)}; the endings are recorded in the same commit that begins the run. */
    RunAnswer run(Plan plan, Terms terms, List<Ending> endings, Note note) {
        if (records.isUsed(plan)) {
            return used(plan);
        }
        if (!plan.refusals().isEmpty()) {
            return new RunAnswer.Refused(plan.refusals());
        }
        Basis now = planner.basis(terms.job(), terms.policy(), terms.upgrade());
        Optional<String> stale = plan.staleAgainst(now, clock.instant());
        if (stale.isPresent()) {
            return new RunAnswer.Stale(stale.get());
        }
        GateState state = ask(plan, terms, next(plan.operations(), terms));
        return state.isOpen() ? begin(plan, terms, endings, note) : new RunAnswer.GateClosed(state);
    }

    /**
     * Begins an undo: no gate, cap or age holds it up.
     *
     * @param released what a quarantine holds no longer from the moment that the undo begins
     * @param trips what it begins by itself for; none if somebody has asked for it
     */
    RunAnswer undo(Plan plan, List<OperationId> released, List<Trip> trips, Note note) {
        RunId id = new RunId(Ids.random());
        Draft started = RunRecords.started(plan, id, note)
                .data(
                        Quarantine.RELEASED,
                        Entries.texts(released.stream().map(OperationId::value).toList()));
        if (!trips.isEmpty()) {
            started = started.data(Trip.KEY, Trip.write(trips));
        }
        return begin(plan, id, Optional.empty(), List.of(started), note);
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
            GateState state = ask(plan, terms.get(), next(remaining(run, plan), terms.get()));
            if (!state.isOpen()) {
                return new RunAnswer.GateClosed(state);
            }
        }
        return carryOut(records.resumed(run, note), plan, terms, note);
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

    private GateState ask(Plan plan, Terms terms, int next) {
        // Somebody may have rolled it back since the run began.
        Upgrade upgrade = Upgrades.find(journal, terms.upgrade().id()).orElse(terms.upgrade());
        return gate.ask(
                new Question(terms.job(), terms.policy(), upgrade, plan.purpose(), journal, clock.instant(), next),
                this::waitUntil);
    }

    private boolean waitUntil(Instant instant) {
        pause.until(instant, clock, stop);
        return !stop.isRaised();
    }

    private static RunAnswer used(Plan plan) {
        return new RunAnswer.Stale("plan " + plan.id() + " has been used: a plan is carried out once");
    }

    private RunAnswer begin(Plan plan, Terms terms, List<Ending> endings, Note note) {
        RunId id = new RunId(Ids.random());
        List<Draft> drafts = new ArrayList<>(List.of(RunRecords.started(plan, id, note)
                .data(Begun.POLICY, terms.policy().name())));
        endings.forEach(ending -> drafts.add(ending.entry(id, note)));
        return begin(plan, id, Optional.of(terms), drafts, note);
    }

    private RunAnswer begin(Plan plan, RunId id, Optional<Terms> terms, List<Draft> drafts, Note note) {
        return records.begin(plan, id, drafts)
                .map(run -> carryOut(run, plan, terms, note))
                .orElseGet(() -> used(plan));
    }

    private RunAnswer carryOut(Run run, Plan plan, Optional<Terms> terms, Note note) {
        MDC.put("run", run.id().value());
        try (PolicyTurns.Turn turn = turns.of(terms)) {
            return carryOutWaves(run, plan, terms, turn, note);
        } finally {
            MDC.remove("run");
        }
    }

    private RunAnswer carryOutWaves(Run run, Plan plan, Optional<Terms> terms, PolicyTurns.Turn turn, Note note) {
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
            Optional<String> obstacle = obstacle(plan, terms, wave.size());
            if (obstacle.isPresent()) {
                return new RunAnswer.Ran(records.paused(run, obstacle.get(), putOff, note));
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
        return new RunAnswer.Ran(records.finished(now, plan, note));
    }

    private void rest(Terms terms) {
        pause.until(clock.instant().plus(terms.policy().waves().pause()), clock, stop);
    }

    private Optional<String> obstacle(Plan plan, Optional<Terms> terms, int next) {
        if (stop.isRaised()) {
            return Optional.of("asked to stop");
        }
        return terms.map(known -> ask(plan, known, next))
                .filter(state -> !state.isOpen())
                .map(state -> "gate closed: " + state.reasons());
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
