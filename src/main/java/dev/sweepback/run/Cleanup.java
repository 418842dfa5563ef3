package dev.sweepback.run;

import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.UnknownConnection;
import dev.sweepback.undo.Only;
import dev.sweepback.undo.UndoPlanner;
import dev.sweepback.upgrade.Upgrade;
import dev.sweepback.upgrade.Upgrades;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What can be done with jobs and runs, from first to last. Only the holder of the acting lock has one; the command line, the
 * daemon and the demo all go through it.
 */
public final class Cleanup {

    private final Journal journal;
    private final Engine engine;
    private final Clock clock;

    public Cleanup(Journal journal, Engine engine, Clock clock) {
        this.journal = journal;
        this.engine = engine;
        this.clock = clock;
    }

    /** Settles what is open. To be called before anything else, once the lock is held. */
    public Recovery.Settled settle(Note note) {
        return engine.recovery().settleAll(note);
    }

    /**
     * Goes on with every undo that was interrupted, and with the interrupted or paused runs of one job, or of all.
     *
     * @return an answer for each
     */
    public List<RunAnswer> resume(Loaded files, Optional<String> job, Note note) {
        List<RunAnswer> answers = new ArrayList<>();
        for (Run run : Run.interrupted(journal)) {
            if (isUndo(run) || job.map(run.job()::equals).orElse(true)) {
                carefully(run, () -> resume(files, run, note)).ifPresent(answers::add);
            }
        }
        return answers;
    }

    /** Goes on with every undo that was interrupted, and with nothing else. */
    public List<RunAnswer> resumeUndos(Note note) {
        return Run.interrupted(journal).stream()
                .filter(Cleanup::isUndo)
                .flatMap(run ->
                        carefully(run, () -> Optional.of(engine.runner().resume(run, Optional.empty(), note))).stream())
                .toList();
    }

    /** One run that cannot be gone on with must not keep the others from it. */
    private static Optional<RunAnswer> carefully(Run run, Supplier<Optional<RunAnswer>> resume) {
        try {
            return resume.get();
        } catch (JournalException | UnknownConnection e) {
            return Optional.of(
                    new RunAnswer.Stale("run " + run.id() + " could not be gone on with: " + e.getMessage()));
        }
    }

    /** Goes on with one run that was interrupted or paused; empty if its job is not among the files any more. */
    public Optional<RunAnswer> resume(Loaded files, Run run, Note note) {
        return isUndo(run)
                ? Optional.of(engine.runner().resume(run, Optional.empty(), note))
                : terms(files, run).map(terms -> engine.runner().resume(run, Optional.of(terms), note));
    }

    private static boolean isUndo(Run run) {
        return run.purpose().equals(Purpose.UNDO.word());
    }

    /** Plans and runs a job; the plan is kept whatever becomes of it. */
    public RunAnswer run(Terms terms, Note note) {
        Plan plan = engine.planner().plan(terms.job(), terms.policy(), terms.upgrade());
        return run(plan, terms, note);
    }

    /** Runs a plan that was made before, or just now. */
    public RunAnswer run(Plan plan, Terms terms, Note note) {
        if (Plans.find(journal, plan.id()).isEmpty()) {
            Plans.save(journal, plan, note);
        }
        return engine.runner().run(plan, terms, note);
    }

    /** Removes what is due, and records what needs to be held no longer. */
    public RunAnswer run(Due due, Note note) {
        Plans.save(journal, due.plan(), note);
        return engine.runner().run(due.plan(), due.terms(), due.endings(), note);
    }

    /** The plans for all that is due, of one job or of all; those with nothing to do or to say are left out. */
    public List<Due> due(Loaded files, Optional<String> job) {
        List<Due> due = new ArrayList<>();
        List<String> seen = new ArrayList<>();
        for (DuePlanner.Held held : dueNow(job)) {
            Run run = held.run();
            if (!seen.contains(run.id().value())) {
                seen.add(run.id().value());
                terms(files, run)
                        .map(terms -> due(run, terms))
                        .filter(Due::isWorthSaying)
                        .ifPresent(due::add);
            }
        }
        return due;
    }

    private Due due(Run run, Terms terms) {
        DuePlanner.Planned planned = engine.duePlanner().plan(run, terms);
        return new Due(planned.plan(), terms, planned.endings());
    }

    private List<DuePlanner.Held> dueNow(Optional<String> job) {
        return DuePlanner.held(journal).stream()
                .filter(held -> !held.dueAt().isAfter(clock.instant()))
                .filter(held -> job.map(held.run().job()::equals).orElse(true))
                .toList();
    }

    /** What is due and cannot even be planned, as its job is not among the files. */
    public List<DuePlanner.Held> dueWithoutJob(Loaded files) {
        return dueNow(Optional.empty()).stream()
                .filter(held -> terms(files, held.run()).isEmpty())
                .toList();
    }

    /**
     * What is due of one run.
     *
     * @param endings what needs to be held no longer
     */
    public record Due(Plan plan, Terms terms, List<Ending> endings) {

        public Due {
            endings = List.copyOf(endings);
        }

        /** Whether running it does or records anything. */
        public boolean hasWork() {
            return !plan.operations().isEmpty() || !endings.isEmpty();
        }

        private boolean isWorthSaying() {
            return hasWork() || !plan.kept().isEmpty() || !plan.blocked().isEmpty();
        }
    }

    /** The plan that would take back a run, or a part of it. */
    public Plan planUndo(Run run, Only only) {
        return new UndoPlanner(journal, clock).plan(run, only);
    }

    /** Takes back a run, or a part of it. */
    public RunAnswer undo(Run run, Only only, Note note) {
        return undo(run, planUndo(run, only), note);
    }

    /** Carries out the plan that takes back a run; if the run is still under way it is stopped first. */
    public RunAnswer undo(Run run, Plan plan, Note note) {
        if (run.finished().isEmpty()) {
            engine.runner().stop(run, "stopped to be undone", note);
        }
        Plans.save(journal, plan, note);
        return engine.runner().undo(plan, note);
    }

    private Optional<Terms> terms(Loaded files, Run run) {
        Optional<Upgrade> upgrade = run.upgrade().flatMap(id -> Upgrades.find(journal, id));
        Optional<Job> job = Optional.ofNullable(files.jobs().get(run.job()));
        return upgrade.flatMap(known -> job.map(found -> new Terms(found, files.policyOf(found), known)));
    }
}
