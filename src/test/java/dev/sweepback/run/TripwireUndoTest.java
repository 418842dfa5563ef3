package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Use;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The undo that a tripwire begins: once, whatever comes between, and again if it failed. */
class TripwireUndoTest extends TripwireScene {

    private Optional<EntryType> dyingAt = Optional.empty();

    /** A world whose process dies before an entry of the type is recorded, once that is set. */
    private void dying() {
        world.close();
        world = new World(journal -> new RunnerTest.BrokenJournal(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                requireLife(draft -> dyingAt.equals(Optional.of(draft.type())), drafts);
                return super.append(drafts);
            }
        });
        world.job = holding(WEEK, Optional.of("remove"));
        seed();
        world.ready();
    }

    private static void requireLife(Predicate<Draft> death, List<Draft> drafts) {
        if (drafts.stream().anyMatch(death)) {
            throw new JournalException("the process dies");
        }
    }

    /** A run of three waves, in whose second the thing of the first is used and put back. */
    private void usedWhileTheSecondIsDisabled() {
        world.close();
        int[] outcomes = {0};
        world = new World(journal -> new RunnerTest.BrokenJournal(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                List<Entry> entries = super.append(drafts);
                if (drafts.get(0).type() == EntryType.OPERATION_OUTCOME && ++outcomes[0] == 2) {
                    world.pass(Duration.ofHours(1));
                    use("a");
                    lookAndPutBack();
                }
                return entries;
            }
        });
        world.policy = World.waves(1);
        world.job = holding(WEEK, Optional.of("remove"));
        seed();
        world.ready();
    }

    private List<Run> undos() {
        return Runs.all(world.journal).stream()
                .filter(run -> run.purpose().equals(Purpose.UNDO.word()))
                .toList();
    }

    @Test
    void whatDiedBetweenTheLookAndTheUndoIsSeenAgain() {
        dying();
        world.run();
        world.pass(Duration.ofDays(1));
        use("a");
        dyingAt = Optional.of(EntryType.PLAN_MADE);
        assertThat(catchThrowable(this::lookAndPutBack)).hasMessage("the process dies");
        dyingAt = Optional.empty();

        lookAndPutBack();

        assertThat(world.system.sent()).containsOnlyOnce("undo disable a");
        assertThat(undos()).singleElement().matches(undo -> undo.state() == RunState.SUCCEEDED);
        assertThat(lookAndPutBack()).isEmpty();
    }

    @Test
    void anUndoThatWasInterruptedIsGoneOnWithAndNotBegunASecondTime() {
        dying();
        world.run();
        world.pass(Duration.ofDays(1));
        use("a");
        dyingAt = Optional.of(EntryType.OPERATION_OUTCOME);
        assertThat(catchThrowable(this::lookAndPutBack)).hasMessage("the process dies");
        dyingAt = Optional.empty();

        assertThat(lookAndPutBack()).as("it has begun already").isEmpty();
        world.nextProcess().settle(DAEMON);
        world.nextProcess().resume(world.files(), Optional.empty(), DAEMON);

        assertThat(undos()).singleElement().satisfies(undo -> {
            assertThat(World.outcomes(undo)).containsExactly("a done");
            assertThat(undo.started().reason().orElse("")).startsWith("tripwire: ");
        });
        assertThat(world.system.sent()).containsOnlyOnce("undo disable a");
        assertThat(lookAndPutBack()).isEmpty();
    }

    @Test
    void whatIsNotSettledIsPutBackOnceItIs() {
        world.pass(Duration.ofDays(8));
        world.system.refuse("a", ConnectorException.Kind.TIMEOUT);
        world.system.beforeSend(() -> world.system.unreadable("a"));
        Keeps.keep(world.journal, FakeSystem.ref("b"), world.clock.instant().plus(WEEK), World.SOMEBODY);
        Keeps.keep(world.journal, FakeSystem.ref("c"), world.clock.instant().plus(WEEK), World.SOMEBODY);
        world.cleanup().run(due().get(0), World.SOMEBODY);
        world.system.beforeSend(() -> {});
        world.system.readable("a");
        use("a");

        assertThat(look().trips()).as("its removal is not settled").isEmpty();
        world.nextProcess().settle(DAEMON);

        assertThat(World.outcomes(lookAndPutBack().get(0))).containsExactly("a done");
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void anUndoThatFailedIsTriedAgainEverMoreSeldomUntilItIsDone() {
        world.pass(Duration.ofDays(1));
        use("a");
        world.system.refuse("a", ConnectorException.Kind.FORBIDDEN);
        assertThat(lookAndPutBack().get(0).state()).isEqualTo(RunState.FAILED);
        assertThat(lookAndPutBack()).as("not at once").isEmpty();

        world.pass(Duration.ofMinutes(1));
        world.system.refuse("a", ConnectorException.Kind.FORBIDDEN);
        assertThat(lookAndPutBack()).hasSize(1);
        world.pass(Duration.ofMinutes(1));
        assertThat(lookAndPutBack()).as("twice as long").isEmpty();
        world.pass(Duration.ofMinutes(1));
        assertThat(World.outcomes(lookAndPutBack().get(0))).containsExactly("a done");

        assertThat(world.system.status("a")).isEqualTo("live");
        world.pass(Duration.ofHours(2));
        assertThat(lookAndPutBack()).isEmpty();
    }

    @Test
    void whatItNeedsIsTriedAgainAlthoughItIsPutBackItself() {
        world.system.needs("a", "b");
        world.pass(Duration.ofDays(1));
        use("a");
        world.system.refuse("b", ConnectorException.Kind.FORBIDDEN);
        Run undo = lookAndPutBack().get(0);
        assertThat(World.outcomes(undo)).contains("a done").hasSize(2);

        world.pass(Duration.ofMinutes(1));

        assertThat(World.outcomes(lookAndPutBack().get(0))).containsExactly("b done");
        world.pass(Duration.ofHours(2));
        assertThat(lookAndPutBack()).isEmpty();
    }

    @Test
    void whatTheSameUndoCouldNotDoForAnotherIsNotTriedForIt() {
        world.pass(Duration.ofDays(1));
        use("a");
        use("b");
        world.system.refuse("b", ConnectorException.Kind.FORBIDDEN);
        lookAndPutBack();

        world.pass(Duration.ofMinutes(1));
        Run again = lookAndPutBack().get(0);

        assertThat(World.outcomes(again)).containsExactly("b done");
        assertThat(Trip.read(again.started()))
                .extracting(trip -> trip.ref().id())
                .containsExactly("b");
    }

    @Test
    void whatSomebodyTookBackMeanwhileIsNotTriedAgain() {
        world.pass(Duration.ofDays(1));
        use("a");
        world.system.refuse("a", ConnectorException.Kind.FORBIDDEN);
        lookAndPutBack();
        world.undo(first(), "name=a");

        world.pass(Duration.ofHours(2));

        assertThat(lookAndPutBack()).isEmpty();
        assertThat(world.system.sent().stream().filter("undo disable a"::equals))
                .hasSize(2);
    }

    @Test
    void aRunThatIsStillOnItsWayIsNotStoppedAndDoesNothingMoreUnlessEnabledAgain() {
        usedWhileTheSecondIsDisabled();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(run.reason().orElse("")).contains("it was undone by run");
        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(world.system.status("c")).isEqualTo("live");

        world.enable();
        world.cleanup().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(World.outcomes(world.reread(run))).containsExactly("a done", "b done", "c done");
        assertThat(world.system.status("a")).as("it is not done a second time").isEqualTo("live");
    }

    @Test
    void aRunThatEndsAfterTheUndoOfAPartOfItOpensNothing() {
        usedWhileTheSecondIsDisabled();
        Instant later = world.clock.instant().plus(Duration.ofDays(1));
        Keeps.keep(world.journal, FakeSystem.ref("c"), later, World.SOMEBODY);
        assertThat(world.run().state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.status("a")).isEqualTo("live");

        world.clock.until(later.plusSeconds(1));

        assertThat(world.answer()).isInstanceOf(RunAnswer.GateClosed.class);
    }

    @Test
    void whatALookFoundOnlyLaterWasDoneByItsDeadline() {
        dying();
        dyingAt = Optional.of(EntryType.OPERATION_OUTCOME);
        assertThat(catchThrowable(world::run)).hasMessage("the process dies");
        dyingAt = Optional.empty();
        world.pass(Duration.ofDays(1));
        Instant used = world.clock.instant();
        world.system.used("a", new Use.At(used));
        world.pass(Duration.ofDays(1));
        world.nextProcess().settle(DAEMON);

        assertThat(heldIds()).contains("a");
        assertThat(look().trips()).singleElement().matches(trip -> trip.usedAt().equals(used));
    }

    @Test
    void whatWasOnlyFoundDisabledIsHeldNoLongerAndStaysAsItIs() {
        world.close();
        world = new World();
        world.job = holding(WEEK, Optional.of("remove"));
        seed();
        world.system.enable("a", false);
        world.ready();
        world.run();
        world.pass(Duration.ofDays(1));
        use("a");

        assertThat(lookAndPutBack())
                .singleElement()
                .matches(undo -> undo.operations().isEmpty());

        assertThat(world.system.status("a")).isEqualTo("disabled");
        assertThat(heldIds()).containsExactlyInAnyOrder("b", "c");
    }

    @Test
    void anUndoThatFailedByAClockThatWasAheadIsTriedAgainOnceTheClockIsRight() {
        world.pass(Duration.ofDays(1));
        use("a");
        world.clock.set(Duration.ofDays(365));
        world.system.refuse("a", ConnectorException.Kind.FORBIDDEN);
        assertThat(lookAndPutBack().get(0).state()).isEqualTo(RunState.FAILED);
        world.clock.set(Duration.ofDays(-365));

        assertThat(World.outcomes(lookAndPutBack().get(0))).containsExactly("a done");
        assertThat(lookAndPutBack()).isEmpty();
    }
}
