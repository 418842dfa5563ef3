package dev.sweepback.cli;

import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.Approvals;
import dev.sweepback.gate.LivePlans;
import dev.sweepback.job.Approval;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Note;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.plan.Purpose;
import dev.sweepback.undo.Only;
import dev.sweepback.undo.Pending;
import dev.sweepback.undo.UndoPlanner;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The undo that somebody has asked for and others have approved, where a policy asks for that. */
record UndoApproval(Wiring wiring, Run run, Optional<String> planId, Note note, Console console) {

    /** Whose word an undo of the job needs, as the files are now; nobody's if the job is not among them. */
    static Optional<Approval> wanted(Loaded files, String job) {
        return Optional.ofNullable(files.jobs().get(job))
                .flatMap((Job found) -> files.policyOf(found).permits().undo());
    }

    /** The recorded plan that was named; empty if none was. */
    Optional<Plan> named() {
        return planId.map(text -> {
            Plan plan = Prefixes.plan(wiring.journal(), text);
            if (plan.purpose() != Purpose.UNDO || !plan.relatesTo().equals(Optional.of(run.id()))) {
                throw Failures.usage(
                        "plan-of-another-run",
                        "plan " + plan.id() + " is no undo of run " + run.id(),
                        "--plan " + plan.id(),
                        "leave --plan out for a new one");
            }
            refuseIfUsed(plan);
            refuseIfChanged(plan);
            return plan;
        });
    }

    private void refuseIfUsed(Plan plan) {
        wiring.journal().first(Query.of(EntryType.RUN_STARTED).plan(plan.id())).ifPresent(used -> {
            throw stale(plan, "plan " + plan.id() + " has been used: a plan is carried out once");
        });
    }

    private Failure stale(Plan plan, String what) {
        return new Failure(
                ExitCode.STALE, "stale", what, "plan " + plan.id(), "make a new plan: sweepback undo " + run.id());
    }

    /** What was approved is what is carried out: it must still be what there is to take back of that part. */
    private void refuseIfChanged(Plan plan) {
        List<OperationId> taken = plan.operations().stream()
                .flatMap(operation -> operation.of().stream())
                .toList();
        Plan fresh = new UndoPlanner(wiring.journal(), wiring.outside().clock())
                .plan(run, Only.operations(taken), Pending.of(run, wiring.journal()));
        if (!fresh.digest().equals(plan.digest())) {
            throw stale(plan, "what there is to take back has changed since plan " + plan.id() + " was made");
        }
    }

    /**
     * The newest plan that does the same and is approved.
     *
     * @param fresh what there is to take back now; recorded if nothing else waits for approvals
     * @throws Failure if there is none: it says what waits for whom
     */
    Plan approved(Plan fresh, Approval wanted) {
        Instant now = wiring.outside().clock().instant();
        Optional<Plan> named = named();
        List<LivePlans.Live> live = new LivePlans(wiring.journal(), wiring.roles(), now)
                .undos(named.orElse(fresh), wanted).stream()
                        .filter(one ->
                                named.map(Plan::id).map(one.plan().id()::equals).orElse(true))
                        .toList();
        Optional<Plan> approved = live.stream()
                .filter(one -> one.approvals().isEnough())
                .map(LivePlans.Live::plan)
                .findFirst();
        return approved.orElseThrow(() -> {
            Plan waiting = named.or(
                            () -> live.stream().map(LivePlans.Live::plan).findFirst())
                    .orElseGet(() -> {
                        Plans.save(wiring.journal(), fresh, note);
                        return fresh;
                    });
            PlanText.lines(waiting).forEach(console::say);
            return missing(waiting, Approvals.read(wiring.journal(), waiting.id(), wanted, wiring.roles(), now));
        });
    }

    private Failure missing(Plan plan, Approvals approvals) {
        boolean over = approvals.rejection().isPresent();
        return new Failure(
                ExitCode.STALE,
                "not-approved",
                approvals.text(),
                "plan " + plan.id() + ", undo of run " + run.id(),
                over
                        ? "make a new plan: sweepback undo " + run.id()
                        : approvals.command() + ", then: sweepback undo " + run.id() + " --plan " + plan.id());
    }
}
