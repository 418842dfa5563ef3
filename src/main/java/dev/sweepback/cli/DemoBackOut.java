package dev.sweepback.cli;

import dev.sweepback.gate.Enablement;
import dev.sweepback.gate.GateState;
import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.Pause;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.run.Terms;
import dev.sweepback.sandbox.Comparison;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** A scene of its own: a check turns bad after the second wave, and the wave is taken back by itself. */
final class DemoBackOut {

    private static final int WAVE = 5;

    private final DemoStage stage;
    private final DemoText text;

    /** The sandbox after each wave, as it is when the next is waited for. */
    private final List<ObjectNode> dumps = new ArrayList<>();

    DemoBackOut(DemoWorld world, Outside outside) {
        this.stage = new DemoStage(world, outside, DemoWorld.BACK_OUT_JOB);
        this.text = new DemoText(outside.out());
    }

    /** @return what it promised and did not hold */
    List<String> play() {
        text.say("Engine, HTTP and SQLite are real; the systems are a sandbox; a story clock tells the time.");
        try (Wiring wiring = stage.open(dumping());
                ActingLock lock = stage.lock();
                Engine engine = wiring.engine(new StopSignal())) {
            Objects.requireNonNull(lock);
            new DemoUpgrade(stage).play(wiring.journal());
            Plan plan = plan(wiring, engine);
            Run run = run(wiring, engine, plan);
            backedOut(wiring, run);
        }
        stage.promises.broken().forEach(promise -> text.say("NOT as promised: %s", promise));
        return stage.promises.broken();
    }

    /** Waits as the story does, and looks at the sandbox whenever somebody waits for a wave. */
    private Pause dumping() {
        return instant -> {
            dumps.add(stage.world.sandbox.dump());
            stage.world.clock.until(instant);
        };
    }

    private Plan plan(Wiring wiring, Engine engine) {
        stage.world.clock.moveOn(Duration.ofDays(8));
        stage.world.scenario.applicationsEvaluate();
        Enablement.enable(wiring.journal(), stage.job, DemoStage.UPGRADE, stage.note);
        Terms terms = stage.terms(wiring.journal());
        Plan plan = engine.planner().plan(terms.job(), terms.policy(), terms.upgrade());
        PlannedOperation needed = plan.operations().get(WAVE);
        text.beat(
                "1. A plan of %d operations, in waves of %d. Nobody knows that the application needs %s.",
                plan.operations().size(), WAVE, DemoText.shortName(name(needed)));
        needs(name(needed));
        GateState gate = wiring.gate(terms, Purpose.CLEANUP);
        stage.promises.require(gate.isOpen(), "the gate is open before the run");
        say(gate);
        return plan;
    }

    /** The application is in hybrid mode as long as this thing is as it is now. */
    private void needs(String name) {
        ObjectNode before = stage.world.sandbox.dump();
        stage.world
                .sandbox
                .dten()
                .hybridWhile(() -> Comparison.between(before, stage.world.sandbox.dump(), name::equals)
                                .exact()
                        == 1);
    }

    private static String name(PlannedOperation operation) {
        return operation.ref().kind() + ":" + operation.ref().id();
    }

    private void say(GateState gate) {
        gate.answers().stream()
                .filter(answer -> stage.job.checks().stream()
                        .anyMatch(check -> check.name().equals(answer.condition())))
                .forEach(answer -> text.say(
                        "     check %s: %s, %s",
                        answer.condition(),
                        answer.verdict().word(),
                        answer.verdict().reason()));
    }

    private Run run(Wiring wiring, Engine engine, Plan plan) {
        dumps.clear();
        ObjectNode before = stage.world.sandbox.dump();
        RunAnswer answer = new Cleanup(wiring.journal(), engine, stage.world.clock)
                .run(plan, stage.terms(wiring.journal()), stage.note);
        Run run = ((RunAnswer.Ran) answer).run();
        dumps.add(0, before);
        text.beat("2. The run");
        List<Entry> waves = wiring.journal().read(Query.of(EntryType.RUN_WAVE).run(run.id()));
        for (int index = 0; index < waves.size(); index++) {
            text.say(
                    "     wave %d: %d operations, after the gate was asked and was open",
                    index + 1, waves.get(index).dataNode("operations").size());
        }
        text.say("     before wave %d: %s", waves.size() + 1, run.reason().orElse(""));
        stage.promises.require(waves.size() == 2, "the check turns bad after the second wave");
        stage.promises.require(run.finished().isPresent(), "the run has ended, and the third wave was not begun");
        return run;
    }

    private void backedOut(Wiring wiring, Run run) {
        List<Run> undos = RunJson.backOuts(run, wiring.journal());
        text.beat("3. The second wave is taken back, by itself");
        for (Run undo : undos) {
            text.say(
                    "     run %s: %s",
                    DemoText.cut(undo.id().value()), DemoText.counts(List.copyOf(undo.operations()), RunJson::result));
        }
        Comparison asBefore = Comparison.between(dumps.get(1), stage.world.sandbox.dump());
        text.say(
                "     by the sandbox's own dump, %d of %d things are as they were before the second wave, in all of %d fields",
                asBefore.exact(), asBefore.things(), asBefore.fields());
        GateState gate = wiring.gate(stage.terms(wiring.journal()), Purpose.CLEANUP);
        say(gate);
        long left = run.operations().stream().filter(OperationRecord::succeeded).count()
                - undos.stream().mapToLong(undo -> undo.operations().size()).sum();
        text.say(
                "     the first wave stays: %d operations; sweepback undo %s takes it back too",
                left, DemoText.cut(run.id().value()));
        stage.promises.require(undos.size() == 1, "one undo took the wave back");
        stage.promises.require(
                undos.stream().allMatch(undo -> RunJson.cause(undo).isPresent()), "the record says why it began");
        stage.promises.require(
                asBefore.exact() == asBefore.things() && asBefore.added().isEmpty(),
                "the sandbox is as it was before the second wave");
        stage.promises.require(gate.failures().isEmpty(), "the check is good again");
    }
}
