package dev.sweepback.cli;

import dev.sweepback.journal.ActingLock;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.Verification;
import dev.sweepback.run.Cleanup;
import dev.sweepback.run.Engine;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.StopSignal;
import dev.sweepback.sandbox.Comparison;
import dev.sweepback.undo.Only;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.node.ObjectNode;

/** Beats 7 and 8: all of it taken back, and the record. */
final class DemoAfter {

    private final DemoStage stage;
    private final DemoText text;

    DemoAfter(DemoStage stage, DemoText text) {
        this.stage = stage;
        this.text = text;
    }

    boolean undo(Run run, ObjectNode before) {
        stage.world.clock.moveOn(stage.world.clock.behind().minusMinutes(5));
        String changed = stage.world.scenario.foreignChange();
        text.beat(
                "7. %s: take it all back. Meanwhile somebody has changed %s.",
                DemoText.minute(stage.world.clock.instant()), changed);
        try (Wiring wiring = stage.open();
                ActingLock lock = stage.lock();
                Engine engine = wiring.engine(new StopSignal())) {
            Objects.requireNonNull(lock);
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, stage.world.clock);
            Run undo = ((RunAnswer.Ran) cleanup.undo(run, Only.ALL, stage.note)).run();
            List<OperationRecord> operations = List.copyOf(undo.operations());
            text.say("     undo of %d: %s", operations.size(), DemoText.counts(operations, RunJson::result));
            List<String> left = new ArrayList<>();
            for (OperationRecord operation : operations) {
                if (RunJson.result(operation).equals("conflict")) {
                    left.add("webhook:" + operation.ref().id());
                    text.say(
                            "     left alone: %s %s, differs in %s",
                            operation.ref().kind(),
                            operation.ref().id(),
                            String.join(", ", RunJson.differs(operation)));
                }
            }
            Comparison comparison =
                    Comparison.between(before, stage.world.sandbox.dump(), name -> !left.contains(name));
            text.say(
                    "     the sandbox's own dump, before and after: %d things, %d fields: exact %d, reissued %d, different %d",
                    comparison.things(),
                    comparison.fields(),
                    comparison.exact(),
                    comparison.reissued(),
                    comparison.different().size());
            comparison
                    .different()
                    .forEach(difference -> text.say("     different: %s %s", difference.name(), difference.pointers()));
            text.say(
                    "     new beside them: %s (credentials issued again, wrapped, and where they wait to be fetched)",
                    DemoText.kinds(comparison.added()));
            return undo.operations().stream().allMatch(DemoAfter::putBackOrConflict)
                    && left.equals(List.of(changed))
                    && comparison.different().isEmpty()
                    && comparison.reissued() == reissued(operations);
        }
    }

    private static boolean putBackOrConflict(OperationRecord operation) {
        return List.of("exact", "reissued", "conflict").contains(RunJson.result(operation));
    }

    private static int reissued(List<OperationRecord> operations) {
        return (int) operations.stream()
                .filter(operation -> RunJson.result(operation).equals("reissued"))
                .count();
    }

    boolean audit() throws IOException {
        Verification whole;
        stage.world.clock.catchUp();
        try (Wiring wiring = stage.open()) {
            whole = wiring.journal().verify();
        }
        long victim = whole.entries() / 2;
        Verification damaged = DemoDamage.changeOneByte(
                stage.world.home().resolve("sweepback.db"), stage.world.scratch("copy"), victim, stage.world.clock);
        text.beat(
                "8. The record: %d entries, verify %s, root %s",
                whole.entries(), whole.ok() ? "ok" : "NOT ok", DemoText.cut(whole.root()));
        text.say("     one byte changed in a copy: %s", damaged.problem().orElse("not noticed"));
        return whole.ok() && !damaged.ok();
    }
}
