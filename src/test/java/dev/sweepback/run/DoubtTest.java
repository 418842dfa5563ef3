package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Plan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happens to a resource of which it is not known, or not known yet, what became of it. */
class DoubtTest {

    private static final String IN_VAIN = "the system accepted it, and nothing has changed";

    private World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** A run whose request took effect, whose process died before its outcome was recorded, and whose thing was changed then. */
    private Run foreign(String action) {
        boolean[] dying = {true};
        world = new World(journal -> new RunnerTest.BrokenJournal(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                if (dying[0] && drafts.stream().anyMatch(draft -> draft.type() == EntryType.OPERATION_OUTCOME)) {
                    throw new JournalException("the process dies");
                }
                return super.append(drafts);
            }
        });
        world.job = World.job(World.step("old things", action));
        world.system.with("a", "old");
        world.ready();
        assertThat(catchThrowable(world::run)).hasMessage("the process dies");
        dying[0] = false;
        world.system.change("a", "second");
        world.nextProcess().settle(World.SOMEBODY);
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);
        Run run = Runs.all(world.journal).get(0);
        assertThat(World.outcomes(run)).containsExactly("a foreign: found in a state that is not of our making");
        return run;
    }

    @Test
    void undoShowsWhatWasFoundForeignAndLeavesItAlone() {
        Run run = foreign("archive");

        Run undo = world.undo(run);

        assertThat(undo.operations()).singleElement().satisfies(operation -> {
            assertThat(RunJson.result(operation)).isEqualTo("conflict");
            assertThat(RunJson.differs(operation)).containsExactly("/archived", "/value");
        });
        assertThat(undo.state()).isEqualTo(RunState.FAILED);
        assertThat(world.reread(run).state()).isNotEqualTo(RunState.UNDONE);
        assertThat(world.system.sent()).containsExactly("archive a");
    }

    @Test
    void whatWasFoundForeignAndIsAsBeforeAgainNeedsNothing() {
        Run run = foreign("disable");
        world.system.change("a", "first");
        world.system.enable("a", true);

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo)).containsExactly("a already: it is as it was before");
        assertThat(undo.operations())
                .singleElement()
                .matches(operation -> RunJson.result(operation).equals("exact"));
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(world.undo(run).operations()).isEmpty();
        assertThat(world.system.sent()).containsExactly("disable a");
    }

    @Test
    void whatCannotBeReadAfterItWasFoundForeignIsNotCalledTakenBack() {
        Run run = foreign("archive");
        world.system.unreadable("a");

        Run undo = world.undo(run);

        assertThat(undo.operations())
                .singleElement()
                .matches(operation -> RunJson.result(operation).equals("failed"));
        assertThat(world.reread(run).state()).isNotEqualTo(RunState.UNDONE);
    }

    @Test
    void aChangeBySomebodyElseDoesNotSettleWhatMayStillHappen() {
        world.job = World.job(World.step("old things", "remove"));
        world.system.with("a", "old");
        world.ready();
        world.system.answerLost("a", Kind.TIMEOUT, Duration.ofSeconds(20));
        world.system.beforeSend(() -> world.system.change("a", "second"));

        Run run = world.run();

        assertThat(World.outcomes(run)).containsExactly("a done");
        assertThat(run.operations().iterator().next().end().orElseThrow().data("settledBy"))
                .contains("look");
        world.system.beforeSend(() -> {});
        world.undo(run);
        assertThat(world.system.status("a-again-1")).isEqualTo("live");
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    /** Vault accepts revoking what it does not know, Unleash batches of it: only the look tells. */
    @Test
    void whatWasAcceptedAndDidNotHappenIsNeitherDoneNorTakenBack() {
        world.system.with("a", "old").with("b", "old");
        world.system.acceptInVain("a");
        world.ready();

        Run run = world.run();
        world.system.acceptInVain("b");
        Run undo = world.undo(run);

        assertThat(World.outcomes(run)).containsExactly("a failed: " + IN_VAIN, "b done");
        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(World.outcomes(undo)).containsExactly("b failed: " + IN_VAIN);
        assertThat(world.system.sent()).containsExactly("archive a", "archive b", "undo archive b");
        assertThat(world.reread(run).state()).isNotEqualTo(RunState.UNDONE);
    }

    @Test
    void anUndoSaysWhatIsNotSettled() {
        world.system.with("a", "old");
        world.system.answerLost("a", Kind.TIMEOUT, Duration.ofSeconds(1));
        world.ready();
        loseSight("a", 1);
        Run run = world.run();

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo)).singleElement().asString().contains("a failed: ", "not settled");
        assertThat(undo.state()).isEqualTo(RunState.FAILED);
    }

    /** With the so-manieth request, what is asked about cannot be read any more. */
    private void loseSight(String id, int request) {
        world.system.beforeSend(() -> {
            if (world.system.sent().size() == request - 1) {
                world.system.unreadable(id);
            }
        });
    }

    private Run undoneWithoutKnowing() {
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.system.answerLost("a", Kind.TIMEOUT, Duration.ofSeconds(1));
        loseSight("a", 2);
        Run undo = world.undo(run);
        assertThat(undo.state()).isEqualTo(RunState.UNSETTLED);
        return undo;
    }

    @Test
    void aSecondUndoDoesNotSettleWhatTheFirstLeftOpen() {
        Run first = undoneWithoutKnowing();
        Run second = world.undo(Runs.all(world.journal).get(0));
        assertThat(World.outcomes(second)).singleElement().asString().contains("a failed: ", "not settled");
        world.system.readable("a");
        world.enable();

        Run cleanup = world.run();

        assertThat(World.outcomes(cleanup)).singleElement().asString().contains("a failed: ", "not settled");
        assertThat(world.system.sent()).containsExactly("archive a", "undo archive a");
        world.cleanup().settle(World.SOMEBODY);
        assertThat(World.outcomes(world.reread(first))).containsExactly("a done");
    }

    @Test
    void aRunIsUndoneOnceALateLookFindsThatAllWasPutBack() {
        undoneWithoutKnowing();
        Run run = Runs.all(world.journal).get(0);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        world.system.readable("a");

        world.cleanup().settle(World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void whatIsOpenUnderTheAddressThatReCreatingGaveIsLeftAlone() {
        world.job = World.job(World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.of("remove"))),
                Handover.LOCAL));
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.pass(Duration.ofDays(8));
        for (Due due : world.cleanup().due(world.files(), Optional.empty())) {
            World.ran(world.cleanup().run(due.plan(), due.terms(), World.SOMEBODY));
        }
        world.system.beforeSend(() -> {
            if (world.system.sent().size() == 3) {
                world.system.answerLost("a-again-1", Kind.TIMEOUT, Duration.ofSeconds(1));
                world.system.unreadable("a-again-1");
            }
        });
        Run undo = world.undo(run);
        world.system.beforeSend(() -> {});
        assertThat(undo.open()).hasSize(1);
        world.system.readable("a-again-1");
        world.enable();

        Run cleanup = world.run();

        assertThat(World.outcomes(cleanup)).singleElement().asString().contains("a-again-1 failed: ", "not settled");
        world.cleanup().settle(World.SOMEBODY);
        assertThat(World.outcomes(world.reread(undo))).containsExactly("a done", "a-again-1 done");
        assertThat(world.system.status("a-again-1")).isEqualTo("live");
    }

    @Test
    void ofTwoRunsAtOnceOneActsOnAResource() {
        List<Runnable> meanwhile = new ArrayList<>();
        world = new World(journal -> new Meddled(journal, meanwhile));
        world.system.with("a", "old");
        world.ready();
        Plan plan = world.plan();
        Plan other = world.plan();
        List<Run> others = new ArrayList<>();
        meanwhile.add(() -> others.add(World.ran(world.cleanup().run(other, world.terms(), World.SOMEBODY))));

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).containsExactly("a done");
        assertThat(others)
                .singleElement()
                .satisfies(second -> assertThat(World.outcomes(second))
                        .containsExactly("a failed: another run is acting on it right now: try again"));
        assertThat(world.system.sent()).containsExactly("archive a");
        world.undo(run);
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    /** Between the check of an operation and its intent, something else is done. */
    private static final class Meddled extends RunnerTest.BrokenJournal {
        private final List<Runnable> meanwhile;

        Meddled(Journal journal, List<Runnable> meanwhile) {
            super(journal);
            this.meanwhile = meanwhile;
        }

        @Override
        public List<Entry> append(List<Draft> drafts) {
            if (!meanwhile.isEmpty() && drafts.stream().anyMatch(draft -> draft.type() == EntryType.OPERATION_INTENT)) {
                meanwhile.remove(0).run();
            }
            return super.append(drafts);
        }
    }
}
