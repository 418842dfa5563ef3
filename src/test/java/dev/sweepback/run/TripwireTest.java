package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Use;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Item;
import dev.sweepback.plan.Tripwire;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What trips, what does not, and what that leads to. */
class TripwireTest extends TripwireScene {

    @Test
    void whatIsUsedWhileItIsHeldIsPutBackByItselfWithItsCause() {
        world.pass(Duration.ofDays(3));
        use("b");
        Instant used = world.clock.instant();
        world.pass(Duration.ofMinutes(1));

        Run undo = lookAndPutBack().get(0);

        assertThat(World.outcomes(undo)).containsExactly("b done");
        assertThat(world.system.status("b")).isEqualTo("live");
        assertThat(world.system.status("a")).isEqualTo("disabled");
        assertThat(undo.undoOf()).contains(first().id());
        assertThat(undo.started().actor().name()).isEqualTo("daemon");
        assertThat(undo.started().reason()).contains("tripwire: thing:fake/b used at " + used + ", 3d after disable");
        assertThat(RunJson.toJson(undo).path("cause").asString("")).startsWith("tripwire: thing:fake/b");
        assertThat(Tripped.all(world.journal)).singleElement().satisfies(tripped -> {
            assertThat(tripped.trip().ref().id()).isEqualTo("b");
            assertThat(tripped.trip().usedAt()).isEqualTo(used);
            assertThat(tripped.trip().of()).isEqualTo(first().id());
            assertThat(tripped.undo()).isEqualTo(undo.id());
        });
        assertThat(heldIds()).containsExactly("a", "c");
    }

    @Test
    void allThatIsUsedOfOneRunIsPutBackByOneUndo() {
        world.pass(Duration.ofDays(1));
        use("a");
        use("c");

        List<Run> undos = lookAndPutBack();

        assertThat(undos)
                .singleElement()
                .satisfies(undo -> assertThat(World.outcomes(undo)).containsExactlyInAnyOrder("a done", "c done"));
    }

    @Test
    void theFirstFifteenMinutesAreNotCounted() {
        world.pass(Tripwire.GRACE);
        use("a");
        world.pass(Duration.ofDays(1));
        assertThat(look().trips()).isEmpty();
        assertThat(look().notKnown()).as("known not to be used since").isEmpty();

        world.system.used("a", new Use.At(acted.plus(Tripwire.GRACE).plusMillis(1)));

        assertThat(look().trips()).hasSize(1);
    }

    @Test
    void useBeforeTheActionTripsNothing() {
        world.system.used("a", new Use.At(acted.minusSeconds(1)));
        world.pass(Duration.ofDays(1));

        assertThat(look().trips()).isEmpty();
        assertThat(look().notKnown()).isEmpty();
        assertThat(look().watched()).isEqualTo(3);
    }

    @Test
    void whatIsNotKnownTripsNothingIsSaidAndHoldsUpNoOther() {
        world.pass(Duration.ofDays(1));
        world.system.used("a", new Use.Unknown());
        world.system.used("b", new Use.NeverSince(world.clock.instant()));
        use("c");

        Looked looked = look();

        assertThat(looked.trips()).extracting(trip -> trip.ref().id()).containsExactly("c");
        assertThat(looked.notKnown())
                .extracting(Item::reason)
                .hasSize(2)
                .allMatch(reason -> reason.startsWith("not known whether it is used: "));
    }

    @Test
    void whatCannotBeReadTripsNothingAndHoldsUpNoOther() {
        world.pass(Duration.ofDays(1));
        use("a");
        use("b");
        world.system.unreadable("a");

        Looked looked = look();

        assertThat(looked.trips()).extracting(trip -> trip.ref().id()).containsExactly("b");
        assertThat(looked.notKnown())
                .extracting(Item::reason)
                .containsExactly("not known whether it is used: connection 'fake': cannot be read; try again");
    }

    @Test
    void whatIsGoneTripsNothing() {
        world.pass(Duration.ofDays(1));
        world.system.lose("a");

        assertThat(look().trips()).isEmpty();
        assertThat(look().notKnown()).isEmpty();
    }

    @Test
    void aSystemThatDoesNotTellIsNotAsked() {
        world.close();
        world = new World();
        world.job = holding(WEEK, Optional.of("remove"));
        world.system.with("a", "old");
        world.ready();
        world.run();
        world.pass(Duration.ofDays(1));
        use("a");

        assertThat(look().watched()).isZero();
        assertThat(lookAndPutBack()).isEmpty();
    }

    @Test
    void onlyWhatTheJobHoldsIsLookedAtWhereOneIsNamed() {
        world.pass(Duration.ofDays(1));
        use("a");

        assertThat(world.cleanup().look(Optional.of("other")).watched()).isZero();
        assertThat(world.cleanup().look(Optional.of("clean")).trips()).hasSize(1);
    }

    @Test
    void neitherAPauseNorARolledBackUpgradeNorAMissingFileHoldsItUp() {
        Enablement.pause(world.journal, Optional.empty(), World.SOMEBODY);
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
        world.pass(Duration.ofDays(1));
        use("a");

        assertThat(lookAndPutBack()).singleElement().matches(undo -> undo.state() == RunState.SUCCEEDED);
        assertThat(world.system.status("a")).isEqualTo("live");
        Loaded none = new Loaded(Optional.of(world.settings()), Map.of(), Map.of(), List.of());
        assertThat(world.cleanup().dueWithoutJob(none)).isEmpty();
    }

    @Test
    void whatSomebodyHasChangedSinceIsLeftAloneHeldNoLongerAndSaid() {
        world.pass(Duration.ofDays(1));
        use("a");
        world.system.change("a", "second");

        Run undo = lookAndPutBack().get(0);

        assertThat(World.outcomes(undo)).containsExactly("a conflict: somebody has changed it since: left alone");
        assertThat(world.system.status("a")).isEqualTo("disabled");
        assertThat(heldIds()).containsExactly("b", "c");
        world.pass(Duration.ofDays(8));
        assertThat(lookAndPutBack()).as("not tried again").isEmpty();
        assertThat(due().get(0).plan().operations())
                .extracting(operation -> operation.ref().id())
                .containsExactly("b", "c");
    }

    @Test
    void whatWasPutBackIsNotDoneAgainUnlessEnabledAgain() {
        world.pass(Duration.ofDays(1));
        use("a");
        lookAndPutBack();

        assertThat(world.answer())
                .isInstanceOfSatisfying(
                        RunAnswer.GateClosed.class,
                        closed -> assertThat(closed.gate().reasons()).contains("it was undone by run"));
        world.pass(Duration.ofDays(30));
        assertThat(world.answer()).isInstanceOf(RunAnswer.GateClosed.class);

        world.enable();

        assertThat(World.outcomes(world.run())).contains("a done");
    }

    @Test
    void whoseUseCannotBeReadTripsNothingIsSaidWithTheReasonAndOnlyOnce() {
        world.pass(Duration.ofDays(1));
        world.system.lose("a");
        world.system.unreadable("b");
        world.system.unreadableUse("c", ConnectorException.Kind.SYSTEM_ERROR);

        Looked looked = look();

        assertThat(looked.trips()).isEmpty();
        assertThat(looked.notKnown())
                .extracting(item -> item.ref().id() + ": " + item.reason())
                .containsExactly(
                        "b: not known whether it is used: connection 'fake': cannot be read; try again",
                        "c: not known whether it is used: connection 'fake': its use cannot be read; try again");
    }
}
