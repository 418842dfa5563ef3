package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Handover;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Job;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Plan;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a quarantine holds, over several runs and undos: an old date must never remove what was disabled anew. */
class HeldTest {

    private static final Duration WEEK = Duration.ofDays(7);

    private final World world = new World();

    @BeforeEach
    void seed() {
        world.job = quarantining(Optional.of(new Step.Quarantine(WEEK, Optional.of("remove"))));
        world.system.with("a", "old").with("b", "old");
    }

    @AfterEach
    void close() {
        world.close();
    }

    private static Job quarantining(Optional<Step.Quarantine> then) {
        return World.job(
                World.step("old things", "disable", "resource.group == 'old'", List.of(), then, Handover.LOCAL));
    }

    private List<Due> due() {
        return world.cleanup().due(world.files(), Optional.empty());
    }

    private Run ran() {
        world.ready();
        return world.run();
    }

    private Run ranAgain() {
        world.enable();
        return world.run();
    }

    @Test
    void whatWasPutBackAndDisabledAgainWaitsItsWholeTimeAnew() {
        Run first = ran();
        world.pass(Duration.ofDays(6));
        world.undo(first);
        ranAgain();
        world.pass(Duration.ofDays(2));

        assertThat(due()).isEmpty();
        assertThat(world.held()).hasSize(2).noneMatch(held -> held.isDue(world.clock.instant()));

        world.pass(Duration.ofDays(6));

        assertThat(due()).singleElement().matches(one -> one.plan().operations().size() == 2);
    }

    @Test
    void whatSomebodyHasEnabledAndALaterRunDisabledWaitsItsWholeTimeAnew() {
        ran();
        world.pass(Duration.ofDays(6));
        world.system.enable("a", true);

        Run second = ranAgain();
        world.pass(Duration.ofDays(2));

        assertThat(World.outcomes(second)).containsExactly("a done");
        assertThat(due())
                .singleElement()
                .satisfies(one -> assertThat(one.plan().operations())
                        .singleElement()
                        .matches(operation -> operation.ref().id().equals("b")));
    }

    @Test
    void whatIsHeldIsKeptAndNotDisabledASecondTime() {
        Run first = ran();
        world.enable();

        Plan plan = world.plan();

        assertThat(plan.operations()).isEmpty();
        assertThat(plan.kept())
                .hasSize(2)
                .allMatch(item -> item.reason().startsWith("held since run " + first.id() + ", to remove from "));
    }

    @Test
    void whatSomebodyHasPutBackIsNotDoneAgainUnlessEnabledAgain() {
        Run first = ran();
        world.system.enable("a", true);

        Plan plan = world.plan();

        assertThat(plan.operations()).isEmpty();
        assertThat(plan.kept())
                .filteredOn(item -> item.ref().id().equals("a"))
                .singleElement()
                .matches(item -> item.reason().startsWith("done by run " + first.id() + " already"));
        world.enable();
        assertThat(world.plan().operations())
                .singleElement()
                .matches(operation -> operation.ref().id().equals("a"));
    }

    @Test
    void whatIsHeldForAnUpgradeThatWasRolledBackIsTakenOverByTheNext() {
        ran();
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
        UpgradeId next = new UpgradeId("next-upgrade");
        world.schedule(next, "production");
        world.upgrades().move(next, Move.START, Optional.empty(), World.SOMEBODY);
        world.pass(Duration.ofHours(2));
        world.upgrades().move(next, Move.COMPLETE, Optional.empty(), World.SOMEBODY);
        world.pass(Duration.ofHours(3));
        Enablement.enable(world.journal, world.job, next, World.SOMEBODY);

        Terms terms = new Terms(world.job, world.policy, world.upgrades().get(next));
        Run second = World.ran(world.cleanup().run(terms, World.SOMEBODY));

        assertThat(World.outcomes(second)).containsExactly("a already", "b already");
        assertThat(world.held()).hasSize(2).allMatch(held -> held.run().id().equals(second.id()));
    }

    @Test
    void anUndoThatFailsStillKeepsThingsFromBeingRemoved() {
        Run run = ran();
        world.system.refuse("a", ConnectorException.Kind.FORBIDDEN);

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo)).anyMatch(outcome -> outcome.startsWith("a failed"));
        world.pass(Duration.ofDays(8));
        assertThat(due()).isEmpty();
        assertThat(world.held()).isEmpty();
        assertThat(world.system.status("a")).isEqualTo("disabled");
    }

    @Test
    void undoReleasesWhatWasDisabledBeforeTheRunCame() {
        world.system.enable("a", false);
        Run run = ran();
        assertThat(World.outcomes(run)).contains("a already");

        Run undo = world.undo(run, "name=a");

        assertThat(undo.operations()).isEmpty();
        world.pass(Duration.ofDays(8));
        assertThat(world.held()).singleElement().matches(held -> held.ref().id().equals("b"));
    }

    @Test
    void whatTheJobDoesNotSayAnyMoreIsNotRemoved() {
        ran();
        world.job = quarantining(Optional.empty());
        world.enable();
        world.pass(Duration.ofDays(8));

        assertThat(due()).singleElement().satisfies(one -> {
            assertThat(one.plan().operations()).isEmpty();
            assertThat(one.plan().kept())
                    .hasSize(2)
                    .allMatch(item -> item.reason().contains("does not say any more that it is to be removed"));
        });
    }

    @Test
    void oneThatCannotBeLookedAtStaysDueAndDoesNotHoldUpTheOthers() {
        ran();
        world.pass(Duration.ofDays(8));
        world.system.unreadable("a");

        Due due = due().get(0);
        Run run = World.ran(world.cleanup().run(due, World.SOMEBODY));

        assertThat(due.isUnclear()).isTrue();
        assertThat(World.outcomes(run)).containsExactly("b done");
        assertThat(run.state()).isEqualTo(RunState.PARTIAL);
        assertThat(world.held()).singleElement().matches(held -> held.ref().id().equals("a"));
    }
}
