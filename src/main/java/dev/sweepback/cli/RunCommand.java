package dev.sweepback.cli;

import dev.sweepback.gate.GateState;
import dev.sweepback.job.Counted;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Due;
import dev.sweepback.run.Terms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "run",
        description =
                "Carry out a cleanup: go on with what was interrupted, else make a plan (or take one). Asks before it acts.")
final class RunCommand implements Callable<Integer> {

    private final Outside outside;

    @Mixin
    Common common = new Common();

    @Mixin
    Why why = new Why();

    @Mixin
    Consent consent = new Consent("see before what it would do with --dry-run");

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Parameters(
            arity = "0..1",
            paramLabel = "JOB",
            description = "Which job. May be left out with --plan, and with --due for all jobs.")
    Optional<String> name = Optional.empty();

    @Option(names = "--upgrade", paramLabel = "ID", description = "Default: the newest that the job follows.")
    Optional<String> upgrade = Optional.empty();

    @Option(names = "--plan", paramLabel = "ID", description = "Carry out this plan, and no other.")
    Optional<String> planId = Optional.empty();

    @Option(names = "--due", description = "Remove what quarantines have held long enough.")
    boolean due;

    @Option(names = "--dry-run", description = "Only show the plan; that of a JOB is kept, as by `plan`.")
    boolean dryRun;

    /** What was taken back by itself, for checks that failed. */
    private final List<Run> owed = new ArrayList<>();

    RunCommand(Outside outside) {
        this.outside = outside;
    }

    @Override
    public Integer call() {
        Console console = common.console(outside);
        checkOptions();
        Loaded files = common.files(outside, console);
        if (name.isEmpty()) {
            files.problems().forEach(problem -> console.say("warning: " + problem));
        }
        Optional<Job> job = name.map(wanted -> Jobs.named(files, wanted, console));
        if (!dryRun) {
            consent.needed(title(), outside);
        }
        Wiring wiring = common.open(files, outside);
        if (dryRun) {
            try (wiring) {
                return show(wiring, files, job, console);
            }
        }
        try (Acting acting = begin(wiring, console)) {
            return acting.carryOut(() -> {
                acting.settle(why.note());
                owed.addAll(acting.backOut(why.note()));
                return due ? due(acting, wiring, files, job, console) : one(acting, wiring, files, job, console);
            });
        }
    }

    private Acting begin(Wiring wiring, Console console) {
        try {
            return Acting.begin(wiring, title(), common, console, why.note());
        } catch (RuntimeException e) {
            wiring.close();
            throw e;
        }
    }

    private String title() {
        return "run" + (due ? " --due" : "") + name.map(job -> " " + job).orElse("");
    }

    private void checkOptions() {
        if (name.isEmpty() && planId.isEmpty() && !due) {
            throw new CommandLine.ParameterException(spec.commandLine(), "JOB, --plan or --due is missing");
        }
        if (due && (planId.isPresent() || upgrade.isPresent())) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--due goes with neither --plan nor --upgrade");
        }
        if (planId.isPresent() && upgrade.isPresent()) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), "--plan does not go with --upgrade: the plan has its own");
        }
    }

    private int show(Wiring wiring, Loaded files, Optional<Job> job, Console console) {
        if (due) {
            return DueShown.show(wiring, files, job, common, console).number();
        }
        Plan plan;
        Terms terms;
        if (planId.isPresent()) {
            plan = existing(wiring, job);
            terms = terms(plan, wiring, files, console);
        } else {
            terms = Jobs.terms(files, job.orElseThrow(), upgrade, wiring.journal());
            plan = PlanCommand.make(wiring, terms, why.note());
        }
        PlanCommand.print(plan, wiring.gate(terms, plan.purpose()), wiring.approvals(plan, terms), common, console);
        return ExitCode.DONE.number();
    }

    private int one(Acting acting, Wiring wiring, Loaded files, Optional<Job> job, Console console) {
        Optional<Plan> chosen = planId.map(unused -> existing(wiring, job));
        Terms terms = chosen.map(plan -> terms(plan, wiring, files, console))
                .orElseGet(() -> Jobs.terms(files, job.orElseThrow(), upgrade, wiring.journal()));
        List<Run> wentOn = goOn(acting, wiring, files, Optional.of(terms.job()), console);
        int undos = Math.max(owedExit(acting), GoingOn.exit(wentOn, acting));
        Optional<Run> resumed = cleanup(wentOn, terms);
        if (resumed.isPresent() && chosen.isEmpty()) {
            return Math.max(undos, Answers.print(List.of(resumed.get()), false, acting, common, console));
        }
        if (chosen.isEmpty()) {
            GateState gate = acting.read(() -> WaitForChecks.act(wiring, terms, Purpose.CLEANUP, why.note(), console));
            if (!gate.isOpen() && !owed.isEmpty()) {
                // What was taken back is more to say than that the gate is closed, as it is after an undo.
                console.say("the gate is closed: " + gate.reasons());
                return Math.max(undos, Answers.print(owed, false, acting, common, console));
            }
            if (!gate.isOpen()) {
                throw Failures.gateClosed(
                        terms.job().name(), terms.upgrade().id().value(), gate);
            }
        }
        Plan plan = chosen.orElseGet(() -> acting.read(() -> NextPlan.of(wiring, terms, why.note())));
        Run run = carryOut(plan, terms, wiring, acting, console);
        return Math.max(undos, Answers.print(List.of(run), false, acting, common, console));
    }

    /** The run of the same job and upgrade that was gone on with, if there was one. */
    private static Optional<Run> cleanup(List<Run> wentOn, Terms terms) {
        return wentOn.stream()
                .filter(run -> run.purpose().equals(Purpose.CLEANUP.word()))
                .filter(run -> run.upgrade().equals(Optional.of(terms.upgrade().id())))
                .reduce((first, second) -> second);
    }

    private List<Run> goOn(Acting acting, Wiring wiring, Loaded files, Optional<Job> job, Console console) {
        List<Run> wentOn = new GoingOn(acting, wiring, files, consent, console)
                .with(
                        run -> GoingOn.isUndo(run)
                                || job.map(Job::name).map(run.job()::equals).orElse(true),
                        title(),
                        why.note());
        RunText.sayHandedOver(wentOn, console);
        return wentOn;
    }

    private Run carryOut(Plan plan, Terms terms, Wiring wiring, Acting acting, Console console) {
        Optional<String> typed = confirm(plan, terms, acting, console);
        if (planId.isPresent() && WaitForChecks.mayTakeTime(terms.job())) {
            acting.read(() -> WaitForChecks.act(wiring, terms, plan.purpose(), why.note(), console));
        }
        return Answers.run(acting.cleanup().run(plan, terms, typed, why.note()), plan);
    }

    /** Empty if there is only something to say. */
    private Optional<Run> carryOut(Due one, Wiring wiring, Acting acting, Console console) {
        Optional<String> typed = confirm(one.plan(), one.terms(), acting, console);
        if (one.hasWork() && WaitForChecks.mayTakeTime(one.terms().job())) {
            acting.read(() -> WaitForChecks.act(wiring, one.terms(), Purpose.DUE, why.note(), console));
        }
        return one.hasWork()
                ? Optional.of(Answers.run(acting.cleanup().run(one, typed, why.note()), one.plan()))
                : Optional.empty();
    }

    /** @return the environment's name, if it had to be typed */
    private Optional<String> confirm(Plan plan, Terms terms, Acting acting, Console console) {
        PlanText.lines(plan).forEach(console::say);
        Optional<String> typed = Optional.empty();
        if (!plan.operations().isEmpty() && plan.refusals().isEmpty()) {
            acting.cleanup().objection(plan, terms).ifPresent(objection -> Answers.run(objection, plan));
            String question = "Carry out " + Counted.text(plan.operations().size(), "operation") + "?";
            acting.ask(() -> consent.ask(question, title(), outside, console));
            typed = TypedName.of(plan, terms, acting, outside, console);
            consent.acted();
        }
        acting.refuseIfStopped();
        return typed;
    }

    private int due(Acting acting, Wiring wiring, Loaded files, Optional<Job> job, Console console) {
        List<Run> runs = new ArrayList<>(goOn(acting, wiring, files, job, console));
        watch(acting, files, console);
        int undos = Math.max(owedExit(acting), GoingOn.exit(runs, acting));
        runs.removeIf(Run::isUndo);
        runs.addAll(owed);
        PutBack watch = PutBack.used(acting, wiring, job.map(Job::name), why.note(), console);
        List<Run> putBack = watch.undos();
        putBack.forEach(unused -> consent.acted());
        undos = Math.max(undos, Math.max(watch.exit().number(), GoingOn.exit(putBack, acting)));
        runs.addAll(putBack);
        List<Due> found = acting.cleanup().due(files, job.map(Job::name));
        ExitCode leftOut = DueShown.leftOut(acting.cleanup().dueWithoutJob(files), job, found, console);
        Optional<Failure> refused = Optional.empty();
        for (Due one : found) {
            if (acting.stopped()) {
                break;
            }
            try {
                carryOut(one, wiring, acting, console).ifPresent(runs::add);
            } catch (Failure failure) {
                // One job whose gate is closed does not hold up the others.
                console.say(
                        "run " + one.plan().relatesTo().map(Object::toString).orElse("") + ": " + failure.getMessage());
                refused = Optional.of(failure);
            }
        }
        int code = Math.max(undos, Answers.print(runs, true, acting, common, console));
        if (code != ExitCode.DONE.number()) {
            return code;
        }
        return refused.map(Failure::exit).orElse(leftOut).number();
    }

    /** The runs that are watched, as the daemon does once a minute. */
    private void watch(Acting acting, Loaded files, Console console) {
        acting.read(() -> acting.cleanup().watch(files, why.note()))
                .forEach(ended -> console.say("the watch of run " + ended.run().orElseThrow() + " has ended: "
                        + ended.reason().orElse("")));
        owed.addAll(acting.backOut(why.note()));
    }

    /** A check that failed must not look like success to who calls this from a timetable. */
    private int owedExit(Acting acting) {
        return owed.isEmpty() ? ExitCode.DONE.number() : Math.max(ExitCode.PARTLY.number(), GoingOn.exit(owed, acting));
    }

    private Plan existing(Wiring wiring, Optional<Job> job) {
        Plan plan = Prefixes.plan(wiring.journal(), planId.orElseThrow());
        if (plan.purpose() == Purpose.UNDO) {
            throw Failures.usage(
                    "plan-of-undo",
                    "plan " + plan.id() + " is an undo",
                    "--plan " + plan.id(),
                    "sweepback undo " + plan.relatesTo().map(Object::toString).orElse("RUN"));
        }
        boolean another = job.isPresent() && !job.get().name().equals(plan.job());
        if (another) {
            throw Failures.usage(
                    "plan-of-another-job",
                    "plan " + plan.id() + " is of job '" + plan.job() + "'",
                    "--plan " + plan.id(),
                    "sweepback run " + plan.job() + " --plan " + plan.id());
        }
        return plan;
    }

    private static Terms terms(Plan plan, Wiring wiring, Loaded files, Console console) {
        return Jobs.terms(
                files, Jobs.named(files, plan.job(), console), plan.upgrade().map(Object::toString), wiring.journal());
    }
}
