package dev.sweepback.cli;

import dev.sweepback.job.Loaded;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlanJson;
import dev.sweepback.undo.Only;
import dev.sweepback.undo.UndoPlanner;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "undo",
        description = "Take back what a run did. What somebody changed since is shown and left alone (exit code 7).")
final class UndoCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Mixin
    Consent consent = new Consent();

    @Parameters(paramLabel = "RUN", description = "Which run; its first four characters will do.")
    String id = "";

    @Option(
            names = "--only",
            paramLabel = "PART",
            description =
                    "A part of it: kind=flag, connection=unleash, name=dark-*, or operation ids, with commas. A key given"
                            + " twice means either; different keys must all hold.")
    Optional<String> only = Optional.empty();

    @Option(names = "--dry-run", description = "Only show the plan.")
    boolean dryRun;

    UndoCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Only part = part();
        if (!dryRun) {
            consent.needed("undo " + id, outside);
        }
        Loaded files = common.files(outside, console);
        Wiring wiring = common.open(files, outside);
        if (dryRun) {
            try (wiring) {
                return show(wiring, part, console);
            }
        }
        try (Acting acting = begin(wiring, console)) {
            return act(acting, wiring, part, console);
        }
    }

    private Acting begin(Wiring wiring, Console console) {
        try {
            // Before anything is looked at: an id that is wrong changes nothing.
            Prefixes.runId(wiring.journal(), id);
            return Acting.begin(wiring, "undo " + id, console, why.note());
        } catch (RuntimeException e) {
            wiring.close();
            throw e;
        }
    }

    private Only part() {
        try {
            return only.map(Only::parse).orElse(Only.ALL);
        } catch (IllegalArgumentException e) {
            throw Failures.usage("usage", String.valueOf(e.getMessage()), "--only", "correct it");
        }
    }

    private int show(Wiring wiring, Only part, Console console) {
        Plan plan = new UndoPlanner(wiring.journal(), outside.clock()).plan(Prefixes.run(wiring.journal(), id), part);
        if (console.isTable()) {
            console.lines(PlanText.lines(plan));
        } else {
            console.data(PlanJson.toJson(plan));
        }
        console.say("Whether somebody changed something since is looked at right before each operation.");
        return ExitCode.DONE.number();
    }

    private int act(Acting acting, Wiring wiring, Only part, Console console) {
        acting.settle(why.note());
        Run run = Prefixes.run(wiring.journal(), id);
        List<Run> resumed = Answers.resumed(acting.cleanup().resumeUndos(why.note()), console);
        Plan plan = acting.cleanup().planUndo(run, part);
        if (plan.operations().isEmpty() && run.finished().isPresent()) {
            console.say("there is nothing " + (resumed.isEmpty() ? "" : "more ") + "to take back in run " + run.id());
            return Answers.print(List.of(lastUndo(wiring, run).orElse(run)), false, acting, common, console);
        }
        PlanText.lines(plan).forEach(console::say);
        consent.ask("Take back these " + plan.operations().size() + " operations?", "undo " + id, outside, console);
        Run undo = Answers.run(acting.cleanup().undo(run, plan, why.note()), plan);
        return Answers.print(List.of(undo), false, acting, common, console);
    }

    private static Optional<Run> lastUndo(Wiring wiring, Run run) {
        return wiring
                .journal()
                .read(Query.of(EntryType.RUN_STARTED).after(run.started().seq()))
                .stream()
                .filter(undo ->
                        undo.data("undoOf").filter(run.id().value()::equals).isPresent())
                .reduce((first, second) -> second)
                .flatMap(undo -> Run.find(wiring.journal(), undo.run().orElseThrow()));
    }
}
