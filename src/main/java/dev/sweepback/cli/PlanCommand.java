package dev.sweepback.cli;

import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.ApprovalsJson;
import dev.sweepback.gate.GateJson;
import dev.sweepback.gate.GateState;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Note;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlanJson;
import dev.sweepback.plan.Planner;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Readers;
import dev.sweepback.run.Terms;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "plan",
        description =
                "Show exactly what a job would do. Changes nothing in any system; the plan is kept in the home, which must be"
                        + " writable, so that `run --plan` can carry it out.")
final class PlanCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Parameters(paramLabel = "JOB", description = "Which job.")
    String name = "";

    @Option(names = "--upgrade", paramLabel = "ID", description = "Default: the newest that the job follows.")
    Optional<String> upgrade = Optional.empty();

    @Option(
            names = "--exit-code",
            description = "End with 2 if there is something to do, with 5 if a guardrail refuses the plan.")
    boolean exitCode;

    PlanCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        Loaded files = common.files(outside, console);
        Job job = Jobs.named(files, name, console);
        try (Wiring wiring = common.open(files, outside)) {
            Terms terms = Jobs.terms(files, job, upgrade, wiring.journal());
            Plan plan = make(wiring, terms, why.note());
            print(plan, wiring.gate(terms, plan.purpose()), wiring.approvals(plan, terms), common, console);
            return (exitCode ? detailed(plan) : ExitCode.DONE).number();
        }
    }

    private static ExitCode detailed(Plan plan) {
        if (!plan.refusals().isEmpty()) {
            return ExitCode.REFUSED;
        }
        return plan.operations().isEmpty() ? ExitCode.DONE : ExitCode.SOMETHING_TO_DO;
    }

    /** With readers alone; the plan is kept. */
    static Plan make(Wiring wiring, Terms terms, Note note) {
        try (Readers readers = wiring.readers()) {
            Plan plan = new Planner(
                            wiring.settings(),
                            readers,
                            wiring.journal(),
                            wiring.outside().clock())
                    .plan(terms.job(), terms.policy(), terms.upgrade());
            Plans.save(wiring.journal(), plan, note);
            return plan;
        }
    }

    static void print(Plan plan, GateState gate, Optional<Approvals> approvals, Common common, Console console) {
        if (console.isTable()) {
            console.lines(PlanText.lines(plan));
            console.lines(PlanText.gate(gate));
            console.lines(PlanText.approvals(plan, approvals, console));
            console.lines(PlanText.next(plan, common));
            return;
        }
        ObjectNode node = toJson(plan, gate);
        approvals.ifPresent(known -> node.set("approval", ApprovalsJson.toJson(known)));
        console.data(node);
    }

    static ObjectNode toJson(Plan plan, GateState gate) {
        ObjectNode node = PlanJson.toJson(plan);
        node.set(
                "gate",
                GateJson.toJson(plan.job(), plan.upgrade().map(Object::toString).orElse(""), gate));
        return node;
    }
}
