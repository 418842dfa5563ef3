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

    /** @return what is to be compared: the systems as they were before, and as somebody left them meanwhile */
    DemoComparison undo(Run run, ObjectNode before) {
        stage.world.clock.moveOn(stage.world.clock.behind().minusMinutes(5));
        String changed = stage.world.scenario.foreignChange();
        ObjectNode meanwhile = stage.world.sandbox.dump();
        text.beat(
                "7. %s: take it all back. Meanwhile somebody has changed %s.",
                DemoText.minute(stage.world.clock.instant()), DemoText.shortName(changed));
        try (Wiring wiring = stage.open();
                ActingLock lock = stage.lock();
                Engine engine = wiring.engine(new StopSignal())) {
            Objects.requireNonNull(lock);
            Cleanup cleanup = new Cleanup(wiring.journal(), engine, stage.world.clock);
            Run undo = ((RunAnswer.Ran) cleanup.undo(run, Only.ALL, stage.note)).run();
            say(undo, changed);
            stage.promises.require(
                    undo.operations().size() == run.operations().size() - 1,
                    "undo takes back all that the run did and the tripwire did not");
            return new DemoComparison(stage, before, meanwhile, changed, undo);
        }
    }

    private void say(Run undo, String changed) {
        List<OperationRecord> operations = List.copyOf(undo.operations());
        text.say("     undo of %d: %s", operations.size(), DemoText.counts(operations, RunJson::result));
        List<String> left = new ArrayList<>();
        for (OperationRecord operation : operations) {
            if (RunJson.result(operation).equals("conflict")) {
                left.add(operation.ref().kind() + ":" + operation.ref().id());
                text.say(
                        "     left alone: %s %s, differs in %s",
                        operation.ref().kind(), operation.ref().id(), String.join(", ", RunJson.differs(operation)));
            }
        }
        stage.promises.require(left.equals(List.of(changed)), "undo leaves " + changed + " alone and nothing else");
        stage.promises.require(
                operations.stream()
                        .allMatch(operation ->
                                List.of("exact", "reissued", "conflict").contains(RunJson.result(operation))),
                "undo puts everything else back");
    }

    void audit() throws IOException {
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
        stage.promises.require(whole.ok(), "the record verifies");
        stage.promises.require(
                !damaged.ok() && damaged.problem().orElse("").startsWith("entry " + victim + ":"),
                "a byte that is changed in entry " + victim + " is found there");
    }
}
