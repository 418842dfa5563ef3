package dev.sweepback.cli;

import dev.sweepback.gate.GateState;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.ResumeAt;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What earlier commands left unfinished: shown, asked for, and only then gone on with. */
final class GoingOn {

    private final Acting acting;
    private final Wiring wiring;
    private final Loaded files;
    private final Consent consent;
    private final Console console;

    GoingOn(Acting acting, Wiring wiring, Loaded files, Consent consent, Console console) {
        this.acting = acting;
        this.wiring = wiring;
        this.files = files;
        this.consent = consent;
        this.console = console;
    }

    static boolean isUndo(Run run) {
        return run.isUndo();
    }

    /**
     * Goes on with the interrupted and paused runs that are wanted; those whose gate is closed stay as they are.
     *
     * @throws Failure if that is not confirmed
     */
    List<Run> with(Predicate<Run> wanted, String command, Note note) {
        List<Run> ready = Run.interrupted(wiring.journal()).stream()
                .filter(wanted)
                .filter(run -> mayGoOn(run, note))
                .toList();
        if (ready.isEmpty()) {
            return List.of();
        }
        ready.forEach(this::show);
        String question = ready.size() == 1 ? "Go on with this run?" : "Go on with these " + ready.size() + " runs?";
        acting.ask(() -> consent.ask(question, command, wiring.outside(), console));
        List<RunAnswer> answers = new ArrayList<>();
        for (Run run : ready) {
            if (!acting.stopped()) {
                consent.acted();
                acting.cleanup().resume(files, run, note).ifPresent(answers::add);
            }
        }
        return Answers.resumed(answers, console);
    }

    /** What goes on with a run that has not come to its end. */
    static String command(Run run) {
        return run.undoOf()
                .map(of -> "undo " + of)
                .orElse(run.purpose().equals(Purpose.DUE.word()) ? "run --due" : "run " + run.job());
    }

    /** What the undos among them add to the exit code: a conflict must not be lost behind what follows. */
    static int exit(List<Run> resumed, Acting acting) {
        return resumed.stream()
                .filter(GoingOn::isUndo)
                .mapToInt(undo -> RunText.exit(undo, acting.stopped()).number())
                .max()
                .orElse(ExitCode.DONE.number());
    }

    private boolean mayGoOn(Run run, Note note) {
        if (!Plans.isThere(wiring.journal(), run.plan())) {
            console.say("run " + run.id() + " cannot be gone on with: its plan is missing from the journal");
            return false;
        }
        if (isUndo(run)) {
            return true;
        }
        Optional<Terms> terms = Terms.of(files, run, wiring.journal());
        if (terms.isEmpty()) {
            console.say("run " + run.id() + " waits: the file of its job " + run.job() + " is gone or wrong");
            return false;
        }
        GateState gate = acting.read(
                () -> WaitForChecks.act(wiring, terms.get(), plan(run).purpose(), note, console));
        if (!gate.isOpen()) {
            console.say("run " + run.id() + " stays paused: " + gate.reasons());
        }
        return gate.isOpen();
    }

    private Plan plan(Run run) {
        return Plans.find(wiring.journal(), run.plan()).orElseThrow();
    }

    private void show(Run run) {
        List<PlannedOperation> operations = plan(run).operations();
        List<PlannedOperation> left = operations.stream()
                .filter(operation -> run.operation(operation.id())
                        .filter(record -> record.over() || record.open())
                        .isEmpty())
                .toList();
        console.say("Run " + run.id() + " (" + run.purpose() + ", job " + run.job()
                + run.upgrade().map(id -> ", upgrade " + id).orElse("")
                + run.undoOf().map(id -> ", takes back run " + id).orElse("")
                + "), begun by " + run.started().actor().name() + " at "
                + run.started().time() + ", was interrupted"
                + run.reason().map(reason -> " (" + reason + ")").orElse("")
                + ResumeAt.of(run)
                        .map(until -> ", to be gone on with from " + until.instant() + " on")
                        .orElse("")
                + ". Left are " + left.size() + " of "
                + Counted.text(operations.size(), "operation") + ":");
        PlanText.operations(left).forEach(console::say);
    }
}
