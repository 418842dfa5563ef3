package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Step;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.OperationRecord;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.PlannedOperation;
import dev.sweepback.undo.Only;
import dev.sweepback.undo.UndoRefused;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UndoTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void undoGoesBackNewestFirst() {
        world.system.with("a", "old").with("b", "newer");
        world.job = World.job(
                World.step("first", "archive"),
                World.step("second", "disable", "resource.group == 'newer'", List.of()));
        world.ready();

        Run undo = world.undo(world.run());

        assertThat(world.system.sent()).containsExactly("archive a", "disable b", "undo disable b", "undo archive a");
        assertThat(undo.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(undo.operations())
                .allMatch(operation -> RunJson.result(operation).equals("exact"));
    }

    @Test
    void aLaterChangeIsLeftAlone() {
        world.system.with(2, "a", "old");
        world.ready();
        Run run = world.run();
        world.system.change("a-00", "second");

        Run undo = world.undo(run);

        OperationRecord conflict = undo.operations().stream()
                .filter(operation -> operation.ref().id().equals("a-00"))
                .findFirst()
                .orElseThrow();
        assertThat(RunJson.result(conflict)).isEqualTo("conflict");
        assertThat(RunJson.differs(conflict)).containsExactly("/value");
        assertThat(world.system.status("a-00")).isEqualTo("archived");
        assertThat(world.system.status("a-01")).isEqualTo("live");
        assertThat(undo.state()).isEqualTo(RunState.PARTIAL);
        assertThat(world.reread(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void whatSomebodyPutBackIsAConflict() {
        world.job = World.job(World.step("old things", "disable"));
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.system.enable("a", true);

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo)).containsExactly("a conflict: somebody has put it back already: left alone");
        assertThat(world.system.sent()).containsExactly("disable a");
    }

    @Test
    void whatSomebodyHalfPutBackIsAConflict() {
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.system.half("a");

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo)).containsExactly("a conflict: somebody has changed it since: left alone");
        assertThat(world.system.sent()).containsExactly("archive a");
    }

    @Test
    void theSecondUndoHasNothingToDo() {
        world.system.with(3, "a", "old");
        world.ready();
        Run run = world.run();
        world.undo(run);

        Run second = world.undo(run);

        assertThat(second.operations()).isEmpty();
        assertThat(second.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(6);
    }

    @Test
    void undoOfAPartLeavesTheRest() {
        world.system.with(3, "a", "old");
        world.ready();
        Run run = world.run();

        world.undo(run, "name=a-01");

        assertThat(world.system.status("a-01")).isEqualTo("live");
        assertThat(world.system.status("a-00")).isEqualTo("archived");
        assertThat(world.reread(run).state()).isEqualTo(RunState.SUCCEEDED);

        world.undo(run);

        assertThat(world.system.sent()).hasSize(6).doesNotHaveDuplicates();
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void anUndoThatIsRefusedLeavesAPausedRunPaused() {
        world.policy = World.waves(1);
        world.system.with(3, "a", "old");
        world.ready();
        world.system.beforeSend(world.stop::raise);
        Run run = world.run();

        assertThatThrownBy(() -> world.undo(run, "name=b-*")).isInstanceOf(UndoRefused.class);

        assertThat(world.reread(run).state()).isEqualTo(RunState.PAUSED);
    }

    @Test
    void thePlanThatWasShownIsTheOneThatIsCarriedOut() {
        world.policy = World.waves(1);
        world.system.with(3, "a", "old");
        world.ready();
        world.system.beforeSend(world.stop::raise);
        Run run = world.run();
        Plan shown = world.nextProcess().planUndo(run, Only.ALL);

        Run undo = World.ran(world.nextProcess().undo(run, shown, World.SOMEBODY));

        assertThat(undo.plan()).isEqualTo(shown.id());
        assertThat(undo.operations().stream().map(OperationRecord::id))
                .containsExactlyElementsOf(
                        shown.operations().stream().map(PlannedOperation::id).toList());
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void undoOfAPartThatIsNotThereIsRefused() {
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();

        assertThatThrownBy(() -> world.undo(run, "name=b-*")).isInstanceOf(UndoRefused.class);
        assertThatThrownBy(() -> world.undo(world.undo(run))).isInstanceOf(UndoRefused.class);
    }

    @Test
    void neitherPauseNorGateHoldsUndoUp() {
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        Enablement.pause(world.journal, Optional.empty(), World.SOMEBODY);
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);

        Run undo = world.undo(run);

        assertThat(undo.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void aRunThatIsUnderWayIsStoppedFirst() {
        world.policy = World.waves(1);
        world.system.with(3, "a", "old");
        world.ready();
        world.system.beforeSend(world.stop::raise);
        Run run = world.run();

        World.ran(world.nextProcess().undo(run, Only.ALL, World.SOMEBODY));

        assertThat(world.journal.read(Query.of(EntryType.RUN_FINISHED).run(run.id())))
                .singleElement()
                .matches(entry -> entry.data("state").orElseThrow().equals("stopped"));
        assertThat(world.system.sent()).containsExactly("archive a-00", "undo archive a-00");
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void whatWasReissuedIsFoundUnderItsNewIdAndNotTakenForADifference() {
        world.job = World.job(World.step("old things", "revoke"));
        world.system.with("a", "old");
        world.ready();

        Run undo = world.undo(world.run());

        assertThat(undo.operations())
                .singleElement()
                .matches(operation -> RunJson.result(operation).equals("reissued"));
        assertThat(world.system.ids()).containsExactly("a-again-1");
    }

    @Test
    void whatIsReissuedByASingleResourceIsCalledThatWhateverTheActionCanDoAtBest() {
        world.job = World.job(World.step("old things", "remove"));
        world.system.with("a", "old");
        world.system.reversible(new Reversible(Reversibility.REISSUE, List.of("value")));
        world.ready();

        Run undo = world.undo(world.run());

        assertThat(undo.operations().stream().map(RunJson::result)).containsExactly("reissued");
    }

    @Test
    void whatASingleResourceLosesIsListedAlthoughTheActionIsExactAtBest() {
        world.job = World.job(World.step("old things", "archive"));
        world.system.with("a", "old");
        world.system.reversible(new Reversible(Reversibility.LOSSY, List.of("expiresAt")));
        world.ready();

        Run undo = world.undo(world.run());

        assertThat(undo.operations().stream().map(RunJson::result)).containsExactly("lossy");
        assertThat(RunJson.differs(undo.operations().iterator().next())).containsExactly("expiresAt");
    }

    @Test
    void undoGoesBackThroughTheWholeChainOfAQuarantine() {
        Run run = removedAfterQuarantine();

        Run undo = world.undo(run);

        assertThat(undo.state()).as(World.outcomes(undo).toString()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent())
                .containsExactly("disable a", "remove a", "undo remove a", "undo disable a-again-1");
        assertThat(world.system.status("a-again-1")).isEqualTo("live");
        assertThat(undo.operations().stream().map(RunJson::result)).containsExactly("lossy", "exact");
        assertThat(RunJson.differs(undo.operations().iterator().next())).containsExactly("/id");
        assertThat(Runs.all(world.journal).stream().map(Run::state))
                .as("the run that was named, the one that continued it, and the undo")
                .containsExactly(RunState.UNDONE, RunState.UNDONE, RunState.SUCCEEDED);
    }

    @Test
    void theRemovalAloneCanBeTakenBackAndTheRestLaterUnderTheNewId() {
        Run run = removedAfterQuarantine();
        Run due = Runs.all(world.journal).get(1);

        world.undo(due);

        assertThat(world.system.status("a-again-1")).isEqualTo("disabled");
        assertThat(world.held()).isEmpty();

        world.undo(run);

        assertThat(world.system.status("a-again-1")).isEqualTo("live");
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void theChainIsFollowedToWhatWasDoneUnderTheNewId() {
        Run run = removedAfterQuarantine();
        world.undo(Runs.all(world.journal).get(1));
        world.system.enable("a-again-1", true);
        world.enable();
        Run third = world.run();
        assertThat(World.outcomes(third)).containsExactly("a-again-1 done");

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo))
                .containsExactly("a-again-1 done", "a-again-1 conflict: somebody has put it back already: left alone");
        assertThat(world.system.status("a-again-1")).isEqualTo("live");
    }

    private Run removedAfterQuarantine() {
        world.job = World.job(World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.of("remove"))),
                dev.sweepback.connector.Handover.LOCAL));
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.pass(Duration.ofDays(8));
        for (Due due : world.cleanup().due(world.files(), Optional.empty())) {
            World.ran(world.cleanup().run(due.plan(), due.terms(), World.SOMEBODY));
        }
        assertThat(world.system.status("a")).isEqualTo("gone");
        return run;
    }

    @Test
    void whatWasSoAlreadyIsNotTakenBack() {
        world.job = World.job(World.step("old things", "disable"));
        world.system.with("a", "old");
        world.system.enable("a", false);
        world.ready();
        Run run = world.run();
        assertThat(World.outcomes(run)).containsExactly("a already");

        Run undo = world.undo(run);

        assertThat(undo.operations()).isEmpty();
        assertThat(world.system.status("a")).isEqualTo("disabled");
    }

    @Test
    void anUndoDoesNotTakeBackWhatALaterRunDidAfterIt() {
        world.system.with("a", "old");
        world.ready();
        Run first = world.run();
        world.undo(first);
        world.enable();
        Run second = world.run();

        assertThat(world.undo(first).operations()).isEmpty();

        assertThat(world.system.status("a")).isEqualTo("archived");
        assertThat(world.reread(second).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anUndoThatFailedIsGoneOnWithByTheNext() {
        world.job = World.job(World.step("old things", "revoke"));
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.system.refuse("a", Kind.FORBIDDEN);
        Run first = world.undo(run);
        assertThat(first.state()).isEqualTo(RunState.FAILED);

        Run second = world.undo(run);

        assertThat(second.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(second.operations().iterator().next().id())
                .as("what the first attempt issued can be found again")
                .isEqualTo(first.operations().iterator().next().id());
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void whatAnUndoLeftHalfDoneIsGoneOnWith() {
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.system.beforeSend(() -> {
            world.system.half("a");
            throw new IllegalStateException("the process dies");
        });
        assertThat(catchThrowable(() -> world.undo(run))).isNotNull();
        world.system.beforeSend(() -> {});

        world.nextProcess().settle(World.SOMEBODY);
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(world.system.sent()).containsExactly("archive a", "undo archive a");
    }

    @Test
    void anInterruptedUndoIsGoneOnWith() {
        world.system.with(3, "a", "old");
        world.ready();
        Run run = world.run();
        world.system.beforeSend(() -> {
            if (world.system.sent().size() == 4) {
                throw new IllegalStateException("the process dies");
            }
        });
        assertThat(catchThrowable(() -> world.undo(run))).isNotNull();
        world.system.beforeSend(() -> {});

        world.nextProcess().settle(World.SOMEBODY);
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(world.system.sent()).hasSize(6).doesNotHaveDuplicates();
    }
}
