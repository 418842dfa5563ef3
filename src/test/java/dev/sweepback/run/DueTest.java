package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Protection;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Plan;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueTest {

    private final World world = new World();

    @BeforeEach
    void disabled() {
        world.job = World.job(held("old", Duration.ofDays(7)));
        world.system.with("a", "old").with("b", "old");
        world.ready();
        world.run();
    }

    private static Step held(String group, Duration quarantine) {
        return World.step(
                group + " things",
                "disable",
                "resource.group == '" + group + "'",
                List.of(),
                Optional.of(new Step.Quarantine(quarantine, Optional.of("remove"))),
                Handover.LOCAL);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<Due> due() {
        return world.cleanup().due(world.files(), Optional.empty());
    }

    private Plan onlyPlan() {
        return due().get(0).plan();
    }

    private RunAnswer runDue() {
        Due due = due().get(0);
        return world.cleanup().run(due, World.SOMEBODY);
    }

    @Test
    void nothingIsDueBeforeTheQuarantineIsOver() {
        world.pass(Duration.ofDays(6));

        assertThat(due()).isEmpty();
        assertThat(world.held()).hasSize(2);
    }

    @Test
    void whatIsDueIsReadAtOnceInPlanning() {
        world.pass(Duration.ofDays(8));
        int before = world.system.captured().size();

        assertThat(onlyPlan().operations()).hasSize(2);

        assertThat(world.system.captured()).hasSize(before + 1).last().isEqualTo(2);
    }

    @Test
    void whatIsHeldIsReadAtOnceInPlanning() {
        int before = world.system.captured().size();

        assertThat(world.plan().kept()).hasSize(2);

        assertThat(world.system.captured()).hasSize(before + 1).last().isEqualTo(2);
    }

    @Test
    void whatIsDueIsRemovedOnce() {
        world.pass(Duration.ofDays(8));

        Run run = World.ran(runDue());

        assertThat(World.outcomes(run)).containsExactly("a done", "b done");
        assertThat(run.purpose()).isEqualTo("due");
        assertThat(world.system.ids()).isEmpty();
        assertThat(due()).isEmpty();
    }

    @Test
    void ofOneRunOnlyThatIsRemovedWhoseOwnQuarantineIsOver() {
        world.undo(Runs.all(world.journal).get(0));
        world.system.with("c", "late");
        world.job = World.job(held("old", Duration.ofDays(7)), held("late", Duration.ofDays(30)));
        world.enable();
        world.run();

        world.pass(Duration.ofDays(8));
        assertThat(World.outcomes(World.ran(runDue()))).containsExactly("a done", "b done");
        assertThat(world.system.status("c")).isEqualTo("disabled");
        assertThat(due()).isEmpty();

        world.pass(Duration.ofDays(23));
        assertThat(World.outcomes(World.ran(runDue()))).containsExactly("c done");
    }

    @Test
    void whatWasChangedPutBackKeptOrLostIsLeftAlone() {
        world.system.with("c", "old").with("d", "old");
        world.enable();
        world.run();
        world.pass(Duration.ofDays(8));
        world.system.change("a", "second");
        world.system.enable("b", true);
        Keeps.keep(world.journal, FakeSystem.ref("c"), world.clock.instant().plusSeconds(60), World.SOMEBODY);
        world.system.lose("d");

        List<Due> due = due();

        assertThat(due).allMatch(one -> one.plan().operations().isEmpty());
        assertThat(due.stream()
                        .flatMap(one -> one.plan().kept().stream())
                        .map(item -> item.ref().id()))
                .contains("a", "b", "c", "d");
    }

    @Test
    void whatIsProtectedNowIsBlocked() {
        world.policy = World.policy(
                world.policy.limits(),
                10,
                20,
                List.of(Protection.parse("thing:a")),
                Duration.ZERO,
                world.policy.weakest(),
                "protects");
        world.pass(Duration.ofDays(8));

        Plan plan = onlyPlan();

        assertThat(plan.blocked())
                .singleElement()
                .matches(item -> item.ref().id().equals("a"));
        assertThat(plan.operations())
                .singleElement()
                .matches(operation -> operation.ref().id().equals("b"));
    }

    @Test
    void whatIsGoneOrChangedIsRecordedOnceAndHeldNoLonger() {
        world.pass(Duration.ofDays(8));
        world.system.change("a", "second");
        world.system.lose("b");

        Run run = World.ran(runDue());

        assertThat(World.outcomes(run))
                .containsExactly("a skipped: changed since it was disabled", "b skipped: already gone");
        assertThat(world.held()).isEmpty();
        assertThat(due()).isEmpty();
        assertThat(world.system.sent()).containsExactly("disable a", "disable b");
    }

    @Test
    void undoOfWhatIsHeldNoLongerOverwritesNothingAndSaysWhatIsGone() {
        Run first = Runs.all(world.journal).get(0);
        world.pass(Duration.ofDays(8));
        world.system.change("a", "second");
        world.system.lose("b");
        runDue();

        Run undo = world.undo(first);

        assertThat(World.outcomes(undo))
                .containsExactlyInAnyOrder(
                        "a conflict: somebody has changed it since: left alone",
                        "b conflict: somebody has removed it since: there is nothing left to put back");
    }

    @Test
    void whatIsOnlyKeptIsSaidAndTheEndingsDoNotHideIt() {
        Keeps.keep(world.journal, FakeSystem.ref("a"), world.clock.instant().plus(Duration.ofDays(90)), World.SOMEBODY);
        Keeps.keep(world.journal, FakeSystem.ref("b"), world.clock.instant().plus(Duration.ofDays(90)), World.SOMEBODY);
        world.pass(Duration.ofDays(8));

        assertThat(due()).singleElement().matches(one -> !one.hasWork());
        assertThat(onlyPlan().kept()).hasSize(2).allMatch(item -> item.until().isPresent());
    }

    @Test
    void theGuardsOfACleanupHoldForWhatIsDue() {
        world.policy = World.policy(
                world.policy.limits(), 10, 20, List.of(), Duration.ofDays(7), Reversibility.EXACT, "stricter");
        world.pass(Duration.ofDays(8));
        world.system.used("a", new Use.At(world.clock.instant().minusSeconds(60)));

        Plan plan = onlyPlan();

        assertThat(plan.operations()).isEmpty();
        assertThat(plan.kept()).singleElement().matches(item -> item.reason().startsWith("used under an hour ago"));
        assertThat(plan.blocked())
                .singleElement()
                .matches(item -> item.reason().equals("reversibility is lossy, policy 'test' allows exact"));
    }

    @Test
    void whatMustNotBeTouchedNowIsBlocked() {
        world.pass(Duration.ofDays(8));
        world.system.untouchable("a", "it is Sweepback's own");

        assertThat(onlyPlan().blocked())
                .singleElement()
                .matches(item -> item.reason().equals("it is Sweepback's own"));
    }

    @Test
    void whatIsDueOfAJobThatIsNotLoadedIsNamed() {
        Loaded none = new Loaded(Optional.of(world.settings()), Map.of(), Map.of(), List.of());
        assertThat(world.cleanup().dueWithoutJob(none)).as("not due yet").isEmpty();
        world.pass(Duration.ofDays(8));

        assertThat(world.cleanup().dueWithoutJob(world.files())).isEmpty();
        assertThat(world.cleanup().dueWithoutJob(none))
                .extracting(held -> held.operation().ref().id())
                .containsExactly("a", "b");
    }

    @Test
    void aRolledBackUpgradeCancelsTheRemoval() {
        world.pass(Duration.ofDays(8));
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);

        assertThat(due()).isEmpty();
        assertThat(world.held()).isEmpty();
        assertThat(world.system.ids()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatUndoPutBackIsNoLongerHeld() {
        world.undo(Runs.all(world.journal).get(0), "name=a");
        world.pass(Duration.ofDays(8));

        assertThat(onlyPlan().operations())
                .singleElement()
                .matches(operation -> operation.ref().id().equals("b"));
    }

    @Test
    void whatChangesBetweenPlanAndRemovalIsLeftAlone() {
        world.pass(Duration.ofDays(8));
        Due due = due().get(0);
        world.system.enable("a", true);

        Run run = World.ran(world.cleanup().run(due.plan(), due.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).containsExactly("a skipped: changed since the plan was made", "b done");
    }
}
