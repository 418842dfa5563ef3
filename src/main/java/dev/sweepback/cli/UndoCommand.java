package dev.sweepback.cli;

import dev.sweepback.connector.OperationId;
import dev.sweepback.job.Approval;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Nearest;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlanJson;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.undo.Only;
import dev.sweepback.undo.Pending;
import dev.sweepback.undo.UndoPlanner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
    Consent consent = new Consent("see before what it would do with --dry-run");

    @Parameters(paramLabel = "RUN", description = "Which run; its first four characters will do.")
    String id = "";

    @Option(
            names = "--only",
            paramLabel = "PART",
            description =
                    "A part of it: kind=flag, connection=unleash, name=dark-*, or operation ids, with commas. A key given"
                            + " twice means either; different keys must all hold.")
    Optional<String> only = Optional.empty();

    @Option(
            names = "--plan",
            paramLabel = "ID",
            description = "Carry out this plan, which was made before: where the policy asks for approvals of an undo.")
    Optional<String> planId = Optional.empty();

    @Option(names = "--dry-run", description = "Only show the plan.")
    boolean dryRun;

    UndoCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Only part = part();
        Loaded files = common.files(outside, console);
        if (!common.hasStore(files, outside)) {
            throw common.noStore(files, outside);
        }
        if (dryRun) {
            try (Wiring wiring = common.openToRead(files, outside, console)) {
                return show(wiring, part, console);
            }
        }
        Wiring wiring = common.open(files, outside);
        try (Acting acting = begin(wiring, files, part, console)) {
            return acting.carryOut(() -> act(acting, wiring, files, part, console));
        }
    }

    private Acting begin(Wiring wiring, Loaded files, Only part, Console console) {
        try {
            // Before anything is looked at: an id or a part that is wrong changes nothing.
            Run run = named(wiring, part);
            consent.needed("undo " + id, outside);
            refuseUnapproved(wiring, files, run, part, console);
            return Acting.begin(wiring, "undo " + id, common, console, why.note());
        } catch (RuntimeException e) {
            wiring.close();
            throw e;
        }
    }

    /** Before others are kept from acting: beside `serve`, too, a plan can be made and approved. */
    private void refuseUnapproved(Wiring wiring, Loaded files, Run run, Only part, Console console) {
        Optional<Approval> wanted = UndoApproval.wanted(files, run.job());
        boolean begun = Run.interrupted(wiring.journal()).stream()
                .anyMatch(other -> other.undoOf().equals(Optional.of(run.id())));
        if (begun) {
            return;
        }
        Plan plan =
                new UndoPlanner(wiring.journal(), outside.clock()).plan(run, part, Pending.of(run, wiring.journal()));
        if (wanted.isPresent() && !plan.operations().isEmpty()) {
            approval(wiring, run, console).approved(plan, wanted.get());
        }
    }

    private UndoApproval approval(Wiring wiring, Run run, Console console) {
        return new UndoApproval(wiring, run, planId, why.note(), console);
    }

    private Only part() {
        if (planId.isPresent() && only.isPresent()) {
            throw Failures.usage("usage", "--plan does not go with --only: the plan has its own", "--only", "give one");
        }
        try {
            return only.map(Only::parse).orElse(Only.ALL);
        } catch (IllegalArgumentException e) {
            throw Failures.usage("usage", String.valueOf(e.getMessage()), "--only", "correct it");
        }
    }

    private Run named(Wiring wiring, Only part) {
        Run run = Prefixes.run(wiring.journal(), id);
        UndoPlanner.refuseUndo(run);
        if (!part.isAll() && run.operations().stream().noneMatch(part::covers)) {
            Set<String> kinds = run.operations().stream()
                    .map(operation -> operation.ref().kind())
                    .collect(Collectors.toCollection(TreeSet::new));
            throw Failures.usage(
                    "unknown-part",
                    "nothing in run " + run.id() + " matches --only",
                    "--only " + only.orElse(""),
                    part.kinds().stream()
                                    .filter(kind -> !kinds.contains(kind))
                                    .flatMap(kind -> Nearest.to(kind, kinds).stream())
                                    .findFirst()
                                    .map(kind -> "did you mean kind=" + kind + "? ")
                                    .orElse("")
                            + "see what it did: " + common.command("audit list --run " + run.id()));
        }
        return run;
    }

    private int show(Wiring wiring, Only part, Console console) {
        Run run = named(wiring, part);
        Plan plan = approval(wiring, run, console)
                .named()
                .orElseGet(() -> new UndoPlanner(wiring.journal(), outside.clock()).plan(run, part));
        if (console.isTable()) {
            console.lines(PlanText.lines(plan));
        } else {
            console.data(PlanJson.toJson(plan));
        }
        console.say("Whether somebody changed something since is looked at right before each operation.");
        return ExitCode.DONE.number();
    }

    private int act(Acting acting, Wiring wiring, Loaded files, Only part, Console console) {
        acting.settle(why.note());
        List<Run> owed = acting.backOut(why.note());
        Run run = Prefixes.run(wiring.journal(), id);
        // Others are only named: what somebody has stopped must not stand in the way of this one.
        List<Run> resumed = new ArrayList<>(owed);
        resumed.addAll(new GoingOn(acting, wiring, files, consent, console)
                .with(other -> other.undoOf().equals(Optional.of(run.id())), "undo " + id, why.note()));
        Run.interrupted(wiring.journal()).stream()
                .flatMap(other -> other.undoOf().stream())
                .filter(of -> !of.equals(run.id()))
                .forEach(of -> console.say(
                        "the undo of run " + of + " was interrupted and waits: " + common.command("undo " + of)));
        Plan fresh = acting.cleanup().planUndo(run, part);
        Optional<Approval> wanted = UndoApproval.wanted(files, run.job())
                .filter(unused -> !fresh.operations().isEmpty());
        UndoApproval approval = approval(wiring, run, console);
        Plan plan = wanted.map(asked -> approval.approved(fresh, asked))
                .or(approval::named)
                .orElse(fresh);
        if (plan.operations().isEmpty()
                && plan.kept().isEmpty()
                && run.finished().isPresent()) {
            console.say("there is nothing " + (resumed.isEmpty() ? "" : "more ") + "to take back in run " + run.id());
            List<Run> here = resumed.stream()
                    .filter(undo -> undo.undoOf().equals(Optional.of(run.id())))
                    .toList();
            return here.isEmpty()
                    ? nothing(run, part, wiring, console)
                    : Answers.print(here, false, acting, common, console);
        }
        PlanText.lines(plan).forEach(console::say);
        String question = "Take back " + Counted.text(plan.operations().size(), "operation") + "?";
        acting.ask(() -> consent.ask(question, "undo " + id, outside, console));
        acting.refuseIfStopped();
        Run undo = Answers.run(carryOut(acting, run, plan, wanted), plan);
        RunText.sayHandedOver(resumed, console);
        return Math.max(GoingOn.exit(resumed, acting), Answers.print(List.of(undo), false, acting, common, console));
    }

    private RunAnswer carryOut(Acting acting, Run run, Plan plan, Optional<Approval> wanted) {
        return wanted.map(asked -> acting.cleanup().undo(run, plan, asked, why.note()))
                .orElseGet(() -> acting.cleanup().undo(run, plan, why.note()));
    }

    /** What an earlier undo did is not told again: it would read as if credentials had been issued a second time. */
    private int nothing(Run run, Only part, Wiring wiring, Console console) {
        Set<OperationId> asked = run.operations().stream()
                .filter(part::covers)
                .map(OperationRecord::id)
                .collect(Collectors.toSet());
        for (Run undo : undos(wiring, run)) {
            List<OperationRecord> reverts = undo.operations().stream()
                    .filter(operation -> operation.succeeded()
                            && operation.reverts().filter(asked::contains).isPresent())
                    .toList();
            if (!reverts.isEmpty()) {
                console.say("run " + undo.id() + whenTakenBack(undo) + ": "
                        + common.command("audit list --run " + undo.id()));
                RunText.handedOver(reverts).forEach(line -> console.say("  " + line));
            }
        }
        if (!run.open().isEmpty()) {
            console.say("of it not settled yet: " + Counted.text(run.open().size(), "operation") + ": "
                    + common.command("status"));
        }
        if (!console.isTable()) {
            console.data(RunJson.nothing(run));
        }
        return (run.open().isEmpty() ? ExitCode.DONE : ExitCode.PARTLY).number();
    }

    /** With both times, as one that was interrupted may have ended much later, or not yet. */
    private static String whenTakenBack(Run undo) {
        Instant begun = undo.started().time();
        return undo.finished()
                .map(end -> " took it back (begun at " + begun + ", ended at " + end.time() + ")")
                .orElse(" began to take it back at " + begun + " and has not ended");
    }

    private static List<Run> undos(Wiring wiring, Run run) {
        return wiring
                .journal()
                .read(Query.of(EntryType.RUN_STARTED).after(run.started().seq()))
                .stream()
                .filter(undo ->
                        undo.data("undoOf").filter(run.id().value()::equals).isPresent())
                .flatMap(undo -> Run.find(wiring.journal(), undo.run().orElseThrow()).stream())
                .toList();
    }
}
