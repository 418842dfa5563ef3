package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Handover;
import dev.sweepback.job.Protection;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Run;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Plan;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DueTest {

    private final World world = new World();

    @BeforeEach
    void disabled() {
        world.job = World.job(World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Then(Duration.ofDays(7), "remove")),
                Handover.LOCAL));
        world.system.with("a", "old").with("b", "old");
        world.ready();
        world.run();
    }

    @AfterEach
    void close() {
        world.close();
    }

    private List<Cleanup.Due> due() {
        return world.cleanup().due(world.files(), Optional.empty());
    }

    private Plan onlyPlan() {
        return due().get(0).plan();
    }

    private RunAnswer runDue() {
        Cleanup.Due due = due().get(0);
        return world.cleanup().run(due.plan(), due.terms(), World.SOMEBODY);
    }

    @Test
    void nothingIsDueBeforeTheQuarantineIsOver() {
        world.pass(Duration.ofDays(6));

        assertThat(due()).isEmpty();
        assertThat(DuePlanner.held(world.journal)).hasSize(2);
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
    void whatWasChangedPutBackKeptOrLostIsLeftAlone() {
        world.system.with("c", "old").with("d", "old");
        world.enable();
        world.run();
        world.pass(Duration.ofDays(8));
        world.system.change("a", "second");
        world.system.enable("b", true);
        Keeps.keep(world.journal, FakeSystem.ref("c"), world.clock.instant().plusSeconds(60), World.SOMEBODY);
        world.system.lose("d");

        List<Cleanup.Due> due = due();

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
    void aRolledBackUpgradeCancelsTheRemoval() {
        world.pass(Duration.ofDays(8));
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);

        RunAnswer answer = runDue();

        assertThat(answer).isInstanceOf(RunAnswer.GateClosed.class);
        assertThat(world.system.ids()).containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void whatUndoPutBackIsNoLongerHeld() {
        world.undo(Run.all(world.journal).get(0), "name=a");
        world.pass(Duration.ofDays(8));

        assertThat(onlyPlan().operations())
                .singleElement()
                .matches(operation -> operation.ref().id().equals("b"));
    }

    @Test
    void whatChangesBetweenPlanAndRemovalIsLeftAlone() {
        world.pass(Duration.ofDays(8));
        Cleanup.Due due = due().get(0);
        world.system.enable("a", true);

        Run run = World.ran(world.cleanup().run(due.plan(), due.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).containsExactly("a skipped: changed since the plan was made", "b done");
    }
}
