package dev.sweepback.run;

import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.Gate;
import dev.sweepback.gate.GateState;
import dev.sweepback.gate.Question;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Ids;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.JournalReader;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunId;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Basis;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlanJson;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine;
import dev.sweepback.plan.UnknownConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** Carries out plans, cleanup and undo alike. Only the holder of the acting lock has one. */
public final class Runner {

    private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

    private final Journal journal;
    private final Systems systems;
    private final Planner planner;
    private final Gate gate;
    private final Clock clock;
    private final Pause pause;
    private final StopSignal stop;

    public Runner(
            Journal journal, Systems systems, Planner planner, Gate gate, Clock clock, Pause pause, StopSignal stop) {
        this.journal = journal;
        this.systems = systems;
        this.planner = planner;
        this.gate = gate;
        this.clock = clock;
        this.pause = pause;
        this.stop = stop;
    }

    /** Begins a plan of cleanup or of due removals, if gate, guards and age allow it. */
    public RunAnswer run(Plan plan, Terms terms, Note note) {
        return run(plan, terms, List.of(), note);
    }

    /** As {@link #run(Plan, Terms, Note)}; the endings are recorded in the same commit that begins the run. */
    RunAnswer run(Plan plan, Terms terms, List<Ending> endings, Note note) {
        if (isUsed(journal, plan)) {
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
        GateState state = ask(plan, terms);
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
        Draft started = started(plan, id, note)
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
                finish(run, RunState.STOPPED, stale.map(why -> why + "; run the job again for a new one"), note);
                return new RunAnswer.Ran(reread(run));
            }
            GateState state = ask(plan, terms.get());
            if (!state.isOpen()) {
                return new RunAnswer.GateClosed(state);
            }
        }
        journal.append(note.on(onRun(EntryType.RUN_RESUMED, run, note)));
        return carryOut(reread(run), plan, terms, note);
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
        finish(run, RunState.STOPPED, Optional.of(reason), note);
        return reread(run);
    }

    private GateState ask(Plan plan, Terms terms) {
        return gate.ask(new Question(terms.job(), terms.upgrade(), plan.purpose(), journal, clock.instant()));
    }

    private static boolean isUsed(JournalReader reader, Plan plan) {
        return reader.first(Query.of(EntryType.RUN_STARTED).plan(plan.id())).isPresent();
    }

    private static RunAnswer used(Plan plan) {
        return new RunAnswer.Stale("plan " + plan.id() + " has been used: a plan is carried out once");
    }

    private RunAnswer begin(Plan plan, Terms terms, List<Ending> endings, Note note) {
        RunId id = new RunId(Ids.random());
        List<Draft> drafts = new ArrayList<>(List.of(started(plan, id, note)));
        endings.forEach(ending -> drafts.add(ending.entry(id, note)));
        return begin(plan, id, Optional.of(terms), drafts, note);
    }

    private RunAnswer begin(Plan plan, RunId id, Optional<Terms> terms, List<Draft> drafts, Note note) {
        boolean[] used = {false};
        journal.decide(reader -> {
            used[0] = isUsed(reader, plan);
            return used[0] ? List.of() : drafts;
        });
        if (used[0]) {
            return used(plan);
        }
        LOG.info(
                "run {} of job {} begins: {} operations",
                id,
                plan.job(),
                plan.operations().size());
        return carryOut(Run.find(journal, id).orElseThrow(), plan, terms, note);
    }

    private static Draft started(Plan plan, RunId id, Note note) {
        ArrayNode populations = JsonMapper.shared().createArrayNode();
        plan.populations().forEach(count -> populations.add(PlanJson.count(count)));
        Draft draft = note.on(Draft.of(EntryType.RUN_STARTED, note.actor()))
                .run(id)
                .plan(plan.id())
                .job(plan.job())
                .data("purpose", plan.purpose().word())
                .data("digest", plan.digest())
                .data("populations", populations);
        draft = plan.upgrade().map(draft::upgrade).orElse(draft);
        if (plan.relatesTo().isPresent()) {
            String key = plan.purpose() == Purpose.UNDO ? "undoOf" : "continues";
            draft = draft.data(key, plan.relatesTo().get().value());
        }
        return draft;
    }

    private RunAnswer carryOut(Run run, Plan plan, Optional<Terms> terms, Note note) {
        MDC.put("run", run.id().value());
        try {
            return carryOutWaves(run, plan, terms, note);
        } finally {
            MDC.remove("run");
        }
    }

    private RunAnswer carryOutWaves(Run run, Plan plan, Optional<Terms> terms, Note note) {
        Situation situation = new Situation(
                run,
                note.actor(),
                journal,
                systems,
                clock,
                terms.map(known -> known.policy().minIdle()).orElse(Duration.ZERO));
        Waves waves = new Waves(situation, terms.flatMap(known -> known.policy().rate()), pause, stop);
        List<List<PlannedOperation>> all = waves.of(remaining(run, plan), waveSize(terms));
        boolean first = true;
        Run now = run;
        for (List<PlannedOperation> wave : all) {
            if (!first) {
                terms.ifPresent(this::rest);
            }
            Optional<String> obstacle = obstacle(plan, terms);
            if (obstacle.isPresent()) {
                return paused(run, obstacle.get(), note);
            }
            first = false;
            PutOff putOff = waves.carryOut(withoutUnmetNeeds(wave, plan, now, note));
            now = now.withNews(journal);
            Optional<String> failed = tooManyFailures(now, terms, putOff);
            if (failed.isPresent()) {
                finish(run, RunState.STOPPED, failed, note);
                return new RunAnswer.Ran(reread(run));
            }
            if (putOff.reason().isPresent()) {
                return paused(run, putOff.reason().get(), note);
            }
        }
        if (stop.isRaised() && !remaining(now, plan).isEmpty()) {
            journal.append(onRun(EntryType.RUN_PAUSED, run, note).reason("asked to stop"));
            return new RunAnswer.Ran(reread(run));
        }
        finish(now, plan, note);
        return new RunAnswer.Ran(reread(run));
    }

    private RunAnswer paused(Run run, String reason, Note note) {
        journal.append(note.on(onRun(EntryType.RUN_PAUSED, run, note)).reason(reason));
        return new RunAnswer.Ran(reread(run));
    }

    private void rest(Terms terms) {
        pause.until(clock.instant().plus(terms.policy().waves().pause()), clock, stop);
    }

    private Optional<String> obstacle(Plan plan, Optional<Terms> terms) {
        if (stop.isRaised()) {
            return Optional.of("asked to stop");
        }
        return terms.map(known -> ask(plan, known))
                .filter(state -> !state.isOpen())
                .map(state -> "gate closed: " + state.reasons());
    }

    private static int waveSize(Optional<Terms> terms) {
        return terms.map(known -> known.policy().waves().size()).orElse(Waves.UNDO_SIZE);
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
        Set<String> failed = failedSteps(plan, run);
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

    private static Set<String> failedSteps(Plan plan, Run run) {
        return plan.operations().stream()
                .filter(operation ->
                        run.operation(operation.id()).filter(Runner::bad).isPresent())
                .map(PlannedOperation::step)
                .collect(Collectors.toSet());
    }

    private static boolean bad(OperationRecord operation) {
        return operation.open()
                || operation
                        .outcome()
                        .filter(outcome -> outcome != Outcome.SKIPPED && !outcome.succeeded())
                        .isPresent();
    }

    /** What is put off has not failed: it is come back to. */
    private static Optional<String> tooManyFailures(Run run, Optional<Terms> terms, PutOff putOff) {
        long failures = run.operations().stream()
                .filter(operation -> bad(operation) && !putOff.has(operation.id()))
                .count();
        return terms.map(known -> known.policy().stopAfterFailures())
                .filter(most -> failures >= most)
                .map(most -> failures + " failed or unsettled, the policy stops at " + most);
    }

    private static RunState ended(Run run, Plan plan) {
        boolean bad = run.operations().stream().anyMatch(Runner::bad)
                || !plan.stopped().isEmpty();
        boolean good = run.operations().stream().anyMatch(OperationRecord::succeeded);
        if (!bad) {
            return RunState.SUCCEEDED;
        }
        return good ? RunState.PARTIAL : RunState.FAILED;
    }

    /** Ends a run that was carried out to its end. */
    private void finish(Run run, Plan plan, Note note) {
        Draft draft = finished(run, ended(run, plan), note);
        append(
                run,
                plan.purpose() == Purpose.CLEANUP
                        ? LookedAtAgain.after(plan, run).addTo(draft)
                        : draft);
    }

    private void finish(Run run, RunState state, Optional<String> reason, Note note) {
        Draft draft = finished(run, state, note);
        append(run, reason.isPresent() ? draft.reason(reason.get()) : draft);
    }

    private static Draft finished(Run run, RunState state, Note note) {
        Draft draft = onRun(EntryType.RUN_FINISHED, run, note)
                .data("state", state.word())
                .data("purpose", run.purpose());
        return run.undoOf().isPresent()
                ? draft.data("undoOf", run.undoOf().get().value())
                : draft;
    }

    private void append(Run run, Draft finished) {
        Entry entry = journal.append(finished);
        LOG.info(
                "run {} of job {} ended: {}",
                run.id(),
                run.job(),
                entry.data("state").orElse(""));
    }

    private static Draft onRun(EntryType type, Run run, Note note) {
        Draft draft = Draft.of(type, note.actor()).run(run.id()).job(run.job()).plan(run.plan());
        return run.upgrade().map(draft::upgrade).orElse(draft);
    }

    private Run reread(Run run) {
        return Run.find(journal, run.id()).orElseThrow();
    }
}
