package dev.sweepback.run;

import dev.sweepback.gate.GateState;
import dev.sweepback.job.Approval;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.plan.Quarantine.Held;
import dev.sweepback.undo.Only;
import dev.sweepback.undo.Pending;
import dev.sweepback.undo.UndoPlanner;
import dev.sweepback.upgrade.Upgrades;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What can be done with jobs and runs, from first to last. Only the holder of the acting lock has one; the command line, the
 * daemon and the demo all go through it.
 */
public final class Cleanup {

    private final Journal journal;
    private final Engine engine;
    private final Clock clock;
    private final UnaskedUndo unasked;

    public Cleanup(Journal journal, Engine engine, Clock clock) {
        this.journal = journal;
        this.engine = engine;
        this.clock = clock;
        this.unasked = new UnaskedUndo(journal, engine, clock);
    }

    /** Settles what is open. To be called before anything else, once the lock is held. */
    public Recovery.Settled settle(Note note) {
        return engine.recovery().settleAll(note);
    }

    /** What {@link #settle} will wait for; empty if it need not wait. */
    public Optional<Recovery.Waiting> waiting() {
        return engine.recovery().waiting();
    }

    /** As {@link #settle}, without what its system takes no requests for yet. */
    public Recovery.Settled settleInTime(Note note) {
        return engine.recovery().settleInTime(note);
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
                resume(files, run, note).ifPresent(answers::add);
            }
        }
        return answers;
    }

    /** Goes on with the undos of an upgrade's runs that have not come to their end. */
    public List<RunAnswer> resumeUndos(UpgradeId upgrade, Note note) {
        return Run.interrupted(journal).stream()
                .filter(run -> isUndo(run) && run.upgrade().equals(Optional.of(upgrade)))
                .filter(run -> Plans.isThere(journal, run.plan()))
                .map(run -> engine.runner().resume(run, Optional.empty(), note))
                .toList();
    }

    /**
     * Goes on with one run that was interrupted or paused; empty if its job is not among the files any more. That its plan is
     * lost must not keep others from it, so that is an answer.
     */
    public Optional<RunAnswer> resume(Loaded files, Run run, Note note) {
        if (!Plans.isThere(journal, run.plan())) {
            return Optional.of(new RunAnswer.Stale("run " + run.id()
                    + " cannot be gone on with: its plan is missing from the journal; see sweepback audit verify"));
        }
        return isUndo(run)
                ? Optional.of(engine.runner().resume(run, Optional.empty(), note))
                : Terms.of(files, run, journal)
                        .map(terms -> backedOut(engine.runner().resume(run, Optional.of(terms), note), note));
    }

    private static boolean isUndo(Run run) {
        return run.isUndo();
    }

    /**
     * Asks the gate as a run would before it begins, and waits for checks that must be good several times: so that nothing is planned
     * in vain, and a run then needs one answer more.
     */
    public GateState gate(Terms terms, Purpose purpose, Note note) {
        return engine.runner().ask(terms, purpose, note);
    }

    /**
     * Plans and runs a job; the plan is kept whatever becomes of it. Under a policy that asks for approvals one plan is made, and
     * carried out once it has them.
     */
    public RunAnswer run(Terms terms, Note note) {
        Awaited awaited = new Awaited(journal, engine.planner(), engine.roles(), clock);
        return terms.policy()
                .permits()
                .approval()
                .flatMap(wanted -> awaited.answer(terms, wanted, approved -> run(approved, terms, note)))
                .orElseGet(() -> run(engine.planner().plan(terms.job(), terms.policy(), terms.upgrade()), terms, note));
    }

    /** Runs a plan that was made before, or just now. */
    public RunAnswer run(Plan plan, Terms terms, Note note) {
        return run(plan, terms, Optional.empty(), note);
    }

    /**
     * As {@link #run(Plan, Terms, Note)}.
     *
     * @param typed the environment's name, as a person has typed it
     */
    public RunAnswer run(Plan plan, Terms terms, Optional<String> typed, Note note) {
        record(plan, note);
        return backedOut(engine.runner().run(plan, terms, List.of(), typed, note), note);
    }

    /** Unless it was before: it stays the plan of who made it. */
    private void record(Plan plan, Note note) {
        if (Plans.find(journal, plan.id()).isEmpty()) {
            Plans.save(journal, plan, note);
        }
    }

    /** Why the plan cannot be carried out, before anybody is asked for more; empty if it can. */
    public Optional<RunAnswer> objection(Plan plan, Terms terms) {
        return engine.runner().objection(plan, terms);
    }

    /** Whether a person must type the environment's name for the plan, as it does what cannot be put back. */
    public boolean needsName(Plan plan, Terms terms) {
        return engine.runner().needsName(plan, terms);
    }

    /** Removes what is due, and records what needs to be held no longer. */
    public RunAnswer run(Due due, Note note) {
        return run(due, Optional.empty(), note);
    }

    /**
     * As {@link #run(Due, Note)}.
     *
     * @param typed the environment's name, as a person has typed it
     */
    public RunAnswer run(Due due, Optional<String> typed, Note note) {
        Optional<RunAnswer> objection = engine.runner().objection(due.plan(), due.terms(), typed);
        if (objection.isPresent()) {
            return objection.get();
        }
        Plans.save(journal, due.plan(), note);
        return backedOut(engine.runner().run(due.plan(), due.terms(), due.endings(), typed, note), note);
    }

    /** What a run owes whose check has failed is taken back at once. */
    private RunAnswer backedOut(RunAnswer answer, Note note) {
        if (answer instanceof RunAnswer.Ran ran && BackingOut.isOwedBy(ran.run())) {
            unasked.backOut(note);
            return new RunAnswer.Ran(Run.find(journal, ran.run().id()).orElseThrow());
        }
        return answer;
    }

    /** The plans for all that is due, of one job or of all; those with nothing to do or to say are left out. */
    public List<Due> due(Loaded files, Optional<String> job) {
        return engine.duePlanner().all(files, job);
    }

    /** What is due and cannot even be planned, as its job is not among the files. */
    public List<Held> dueWithoutJob(Loaded files) {
        return engine.duePlanner().withoutJob(files);
    }

    /** The plan that would take back a run, or a part of it, without what an undo that waits will take back. */
    public Plan planUndo(Run run, Only only) {
        return new UndoPlanner(journal, clock).plan(run, only, Pending.of(run, journal));
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
        record(plan, note);
        return engine.runner().undo(plan, unasked.released(plan), new Cause.Asked(), Optional.empty(), note);
    }

    /** As {@link #undo(Run, Plan, Note)}, under a policy that asks for approvals of an undo; the plan was recorded before. */
    public RunAnswer undo(Run run, Plan recorded, Approval wanted, Note note) {
        Optional<RunAnswer> objection = engine.runner().objection(recorded, wanted);
        if (objection.isPresent()) {
            return objection.get();
        }
        if (run.finished().isEmpty()) {
            engine.runner().stop(run, "stopped to be undone", note);
        }
        return engine.runner().undo(recorded, unasked.released(recorded), new Cause.Asked(), Optional.of(wanted), note);
    }

    /** Looks whether what quarantines hold is used, of one job or of all. Nothing is put back by that yet. */
    public Looked look(Optional<String> job) {
        return engine.tripwires().look(job);
    }

    /**
     * Puts back what a look has found to be used, and what an earlier one found and could not be put back. Nobody is asked, and no
     * gate: this is undo. A run that is still under way is not stopped; its gate is closed from now on.
     *
     * @param note who looks; the reason is the tripwire's
     */
    public List<Run> putBack(Looked looked, Note note) {
        return unasked.putBack(looked, note);
    }

    /**
     * Asks the checks of the runs that are watched, and records how a watch ended.
     *
     * @return the entries that end one
     */
    public List<Entry> watch(Loaded files, Note note) {
        return engine.watches().look(files, note);
    }

    /** Takes back what failed checks left to be taken back, unasked. */
    public List<Run> backOut(Note note) {
        return unasked.backOut(note);
    }

    /** How far the roll-back of an upgrade has come. */
    public RollBack rollBack(UpgradeId upgrade, Loaded files) {
        return unasked.rollBack(upgrade, files);
    }

    /** Takes back one run of an upgrade that is being rolled back. Nothing of it may be under way. */
    public Optional<Run> rollBack(UpgradeId upgrade, RollBack.Part part, Note note) {
        return unasked.rollBack(upgrade, part, note);
    }

    /** Says that an upgrade is rolled back, if all is put back that is to be. */
    public boolean rolledBack(RollBack rollBack, Note note) {
        if (!rollBack.isOver()) {
            return false;
        }
        new Upgrades(journal, clock).rolledBack(rollBack.upgrade(), rollBack.conflicts(), note);
        return true;
    }
}
