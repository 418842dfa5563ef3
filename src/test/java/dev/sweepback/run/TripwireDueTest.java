package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Use;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Tripwire;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The end of a quarantine that a tripwire watches: asked once more, right before anything is removed. */
class TripwireDueTest extends TripwireScene {

    private void minIdle(Duration minIdle) {
        world.policy = World.policy(
                world.policy.limits(), 10, 20, List.of(), minIdle, Reversibility.REISSUE, "minIdle " + minIdle);
    }

    @Test
    void whatIsNotKnownToBeUnusedStaysWhateverThePolicySaysOfIdleness() {
        world.pass(Duration.ofDays(8));
        world.system.used("a", new Use.Unknown());
        world.system.used("b", new Use.NotTold());

        Plan plan = due().get(0).plan();

        assertThat(plan.operations())
                .extracting(operation -> operation.ref().id())
                .containsExactly("c");
        assertThat(plan.kept()).extracting(item -> item.reason()).containsOnly("not known whether it is used");
    }

    @Test
    void whatIsUsedWhenItIsDueIsLeftToTheTripwire() {
        world.pass(Duration.ofDays(8));
        use("a");

        Due due = due().get(0);
        Run run = World.ran(world.cleanup().run(due, DAEMON));

        assertThat(due.plan().kept())
                .singleElement()
                .matches(item -> item.reason().endsWith("the tripwire puts it back"));
        assertThat(World.outcomes(run)).containsExactly("b done", "c done");
        lookAndPutBack();
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void theTripwireIsAskedOnceMoreRightBeforeTheRemoval() {
        world.pass(Duration.ofDays(8));
        Due due = due().get(0);
        use("a");
        world.system.used("b", new Use.Unknown());

        Run run = World.ran(world.cleanup().run(due, DAEMON));

        assertThat(World.outcomes(run))
                .satisfiesExactly(
                        a -> assertThat(a).startsWith("a skipped: since the plan was made: used at "),
                        b -> assertThat(b)
                                .isEqualTo("b skipped: since the plan was made: not known whether it is used"),
                        c -> assertThat(c).isEqualTo("c done"));
        assertThat(heldIds()).containsExactly("a", "b");
    }

    @Test
    void aLongerIdleTimeThanTheQuarantineDoesNotHoldUpWhatWasUsedBeforeTheAction() {
        world.system.used("a", new Use.At(acted.minus(Duration.ofDays(1))));
        world.system.used("b", new Use.At(acted.plus(Tripwire.GRACE)));
        minIdle(Duration.ofDays(90));
        world.pass(Duration.ofDays(8));

        Run run = World.ran(world.cleanup().run(due().get(0), DAEMON));

        assertThat(World.outcomes(run)).containsExactly("a done", "b done", "c done");
    }

    @Test
    void whereNoTripwireWatchesOnlyUseSinceTheActionCounts() {
        world.close();
        world = new World();
        world.job = holding(WEEK, Optional.of("remove"));
        world.system.with("a", "old").with("b", "old").with("c", "old");
        world.ready();
        world.run();
        acted = world.clock.instant();
        world.system.used("a", new Use.At(acted.minus(Duration.ofDays(1))));
        world.system.used("b", new Use.At(acted.plus(Duration.ofDays(1))));
        world.system.used("c", new Use.NeverSince(acted.minus(Duration.ofDays(1))));
        minIdle(Duration.ofDays(90));
        world.pass(Duration.ofDays(8));

        Plan plan = due().get(0).plan();

        assertThat(plan.operations())
                .extracting(operation -> operation.ref().id())
                .containsExactly("a", "c");
        assertThat(plan.kept())
                .singleElement()
                .matches(item -> item.reason().startsWith("used 7d ago, minIdle is 90d"));
    }

    @Test
    void whatNothingFollowsIsHeldForItsTimeAndThenReleased() {
        disabled(Optional.empty());
        world.pass(Duration.ofDays(6));
        assertThat(heldIds()).containsExactly("a", "b", "c");
        use("a");
        assertThat(lookAndPutBack()).hasSize(1);

        world.pass(Duration.ofDays(1));
        use("b");

        assertThat(heldIds()).isEmpty();
        assertThat(lookAndPutBack()).isEmpty();
        assertThat(due()).isEmpty();
        assertThat(world.cleanup().dueWithoutJob(world.files())).isEmpty();
        assertThat(world.system.status("b")).isEqualTo("disabled");
        assertThat(World.outcomes(world.undo(first()))).contains("b done", "c done");
    }

    @Test
    void whatWasFoundOfItsUseIsRecordedWithItsIntent() {
        List<Entry> intents = world.journal.read(Query.of(EntryType.OPERATION_INTENT));
        assertThat(intents)
                .hasSize(3)
                .allMatch(intent ->
                        intent.dataNode("use").path("found").asString("").equals("never used"));
        world.pass(Duration.ofDays(8));
        world.system.used("a", new Use.At(acted));

        world.cleanup().run(due().get(0), DAEMON);

        Entry removal = world.journal
                .read(Query.of(EntryType.OPERATION_INTENT).resource(FakeSystem.ref("a")))
                .get(1);
        assertThat(removal.dataNode("use").path("at").asString("")).isEqualTo(acted.toString());
    }

    @Test
    void whoseUseCannotBeReadStaysDueAndHoldsUpNoOther() {
        world.pass(Duration.ofDays(8));
        world.system.unreadableUse("a", Kind.THROTTLED);
        Due due = due().get(0);
        world.system.unreadableUse("b", Kind.SYSTEM_ERROR);

        Run run = World.ran(world.cleanup().run(due, DAEMON));

        assertThat(due.plan().unclear())
                .extracting(item -> item.ref().id() + ": " + item.reason())
                .containsExactly("a: connection 'fake': its use cannot be read; try again");
        assertThat(World.outcomes(run))
                .containsExactly("b failed: connection 'fake': its use cannot be read; try again", "c done");
        assertThat(heldIds()).containsExactly("a", "b");
    }
}
