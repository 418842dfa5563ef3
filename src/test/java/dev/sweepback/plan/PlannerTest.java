package dev.sweepback.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Policy;
import dev.sweepback.job.Protection;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Run;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Upgrades;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlannerTest {

    private static final String OLD = "resource.group == 'old'";

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Plan plan() {
        if (Upgrades.all(world.journal).isEmpty()) {
            world.ready();
        }
        return world.plan();
    }

    private void limits(
            int maxOperations, int maxPercent, int minPopulation, int maxDrop, Map<String, Policy.Limits> byKind) {
        world.policy =
                World.policy(new Policy.Limits(maxOperations, maxPercent, minPopulation, maxDrop, 5, byKind), 10, 20);
    }

    private static List<String> guards(Plan plan) {
        return plan.refusals().stream().map(Refusal::guard).toList();
    }

    @Test
    void tooManyOperationsRefuseThePlanAndNothingRuns() {
        limits(3, 100, 0, 100, Map.of());
        world.system.with(4, "a", "old");

        Plan plan = plan();

        assertThat(guards(plan)).containsExactly("maxOperations");
        assertThat(plan.operations()).hasSize(4);
        assertThat(world.answer()).isInstanceOf(RunAnswer.Refused.class);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void aPlanSaysWhereItRestsOnAnExperimentalConnector() {
        world.system.with(1, "a", "old");
        assertThat(plan().operations().get(0).reason()).doesNotContain("experimental");

        world.system.experimental();

        assertThat(plan().operations().get(0).reason()).endsWith("; experimental connector");
    }

    @Test
    void exactlyAsManyAsAllowedAreAllowed() {
        limits(4, 50, 8, 100, Map.of());
        world.system.with(4, "a", "old").with(4, "b", "new");

        assertThat(plan().refusals()).isEmpty();
    }

    @Test
    void theShareOfThePopulationBindsAboveFiveOnly() {
        limits(100, 50, 0, 100, Map.of());
        world.system.with(5, "a", "old").with(1, "b", "new");
        assertThat(plan().refusals()).isEmpty();

        world.system.with(6, "a", "old");
        assertThat(guards(plan())).containsExactly("maxPercent");

        world.system.with(6, "b", "new");
        assertThat(plan().refusals()).isEmpty();
    }

    @Test
    void aKindCanHaveLimitsOfItsOwn() {
        limits(100, 10, 0, 100, Map.of("thing", new Policy.Limits(7, 100, 0, 100, 5, Map.of())));
        world.system.with(7, "a", "old");
        assertThat(plan().refusals()).isEmpty();

        world.system.with(8, "a", "old");
        assertThat(guards(plan())).containsExactly("maxOperations");
    }

    @Test
    void aPopulationBelowItsFloorIsNotBelieved() {
        limits(100, 100, 5, 100, Map.of());
        world.system.with(4, "a", "old");

        assertThat(guards(plan())).containsExactly("minPopulation");
    }

    @Test
    void aPopulationThatShrankTooMuchIsNotBelieved() {
        limits(100, 100, 0, 20, Map.of());
        world.system.with(2, "a", "old").with(40, "b", "new");
        world.ready();
        world.run();
        world.enable();
        for (int index = 0; index < 20; index++) {
            world.system.lose("b-%02d".formatted(index));
        }

        assertThat(guards(plan())).containsExactly("maxDrop");
    }

    @Test
    void aDropBindsHoweverFewAreMissing() {
        limits(100, 100, 0, 0, Map.of());
        world.system.with(1, "a", "old").with(6, "b", "new");
        world.ready();
        world.run();
        world.enable();
        assertThat(plan().refusals()).isEmpty();

        world.system.lose("b-00");

        assertThat(guards(plan())).containsExactly("maxDrop");
    }

    @Test
    void exactlyTheDropThatIsAllowedIsBelieved() {
        limits(100, 100, 0, 50, Map.of());
        world.system.with(2, "b", "new");
        world.ready();
        world.run();
        world.enable();

        world.system.lose("b-00");
        assertThat(plan().refusals()).isEmpty();

        world.system.lose("b-01");
        assertThat(guards(plan())).containsExactly("maxDrop");
    }

    @Test
    void whatSweepbackRemovedItselfIsNoDrop() {
        limits(100, 100, 0, 20, Map.of());
        world.system.with(20, "a", "old").with(10, "b", "new");
        world.ready();
        world.run();
        world.enable();

        assertThat(plan().refusals()).isEmpty();
    }

    @Test
    void theDropIsRightAfterUndoPutThingsBack() {
        limits(100, 100, 0, 20, Map.of());
        world.system.with(20, "a", "old").with(20, "b", "new");
        world.ready();
        Run run = world.run();
        world.undo(run);
        world.enable();
        assertThat(plan().refusals()).isEmpty();

        for (int index = 0; index < 10; index++) {
            world.system.lose("b-%02d".formatted(index));
        }

        assertThat(guards(plan())).containsExactly("maxDrop");
    }

    @Test
    void aListThatCannotBeReadStopsThePlan() {
        world.system.with(4, "a", "old");
        world.ready();
        world.system.unlistable(true);

        assertThatThrownBy(this::plan).isInstanceOf(ConnectorException.class);
    }

    @Test
    void whatIsProtectedIsBlocked() {
        world.policy = World.policy(
                world.policy.limits(),
                10,
                20,
                List.of(Protection.parse("*:kill-*")),
                Duration.ZERO,
                Reversibility.REISSUE,
                "protect");
        world.system.with("kill-switch", "old").with("a", "old");

        Plan plan = plan();

        assertThat(plan.blocked()).singleElement().matches(item -> item.name().equals("kill-switch"));
        assertThat(plan.operations())
                .singleElement()
                .matches(operation -> operation.name().equals("a"));
    }

    @Test
    void whatItsSystemSaysIsUntouchableIsBlocked() {
        world.system.with("a", "old");
        world.system.untouchable("a", "it is Sweepback's own");

        assertThat(plan().blocked())
                .singleElement()
                .matches(item -> item.reason().equals("it is Sweepback's own"));
    }

    /** Neither in use nor out of use: whatever the reason, nothing follows from it. */
    @ParameterizedTest
    @EnumSource(names = {"THROTTLED", "SYSTEM_ERROR", "FORBIDDEN"})
    void useThatCannotBeReadStopsTheJobAndDoesNotCountAsDone(ConnectorException.Kind kind) {
        world.policy = World.policy(
                world.policy.limits(), 1, 20, List.of(), Duration.ofDays(7), Reversibility.REISSUE, "minIdle 7d");
        world.system.with(2, "a", "old").unreadableUse("a-01", kind);
        world.ready();

        assertThatThrownBy(world::answer)
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("its use cannot be read");
        assertThat(world.system.sent()).isEmpty();

        world.system.readable("a-01");
        assertThat(world.answer()).isInstanceOf(RunAnswer.Ran.class);
        assertThat(world.system.sent()).hasSize(2);
    }

    @Test
    void whatIsInUseOrUnknownIsKept() {
        world.policy = World.policy(
                world.policy.limits(), 10, 20, List.of(), Duration.ofDays(7), Reversibility.REISSUE, "idle");
        world.system
                .with("idle", "old")
                .with("used", "old")
                .with("young", "old")
                .with("unknown", "old")
                .with("untold", "old");
        world.ready();
        var now = world.clock.instant();
        world.system.used("idle", new Use.At(now.minus(Duration.ofDays(8))));
        world.system.used("used", new Use.At(now.minus(Duration.ofDays(6))));
        world.system.used("young", new Use.NeverSince(now.minus(Duration.ofDays(6))));
        world.system.used("unknown", new Use.Unknown());

        Plan plan = plan();

        assertThat(plan.kept().stream().map(Item::reason))
                .containsExactlyInAnyOrder(
                        "used 6d ago, minIdle is 7d",
                        "known for 6d only, minIdle is 7d",
                        "not known when it was last used");
        assertThat(plan.kept().stream().map(Item::until).flatMap(Optional::stream))
                .as("when that ends, where it is known")
                .containsExactly(now.plus(Duration.ofDays(1)), now.plus(Duration.ofDays(1)));
        assertThat(plan.operations().stream().map(PlannedOperation::name)).containsExactly("idle", "untold");
    }

    @Test
    void whatSomebodyKeepsIsKeptUntilTheDateHasPassed() {
        world.system.with("a", "old");
        world.ready();
        Keeps.keep(
                world.journal,
                new ResourceRef("thing", "fake", "a"),
                world.clock.instant().plus(Duration.ofDays(1)),
                World.SOMEBODY);

        assertThat(plan().kept()).hasSize(1);
        world.pass(Duration.ofDays(2));
        assertThat(plan().operations()).hasSize(1);
    }

    @Test
    void whatIsUnclearStopsItsStepAndThoseThatNeedIt() {
        world.system.with("a", "old");
        world.job = World.job(
                World.step("unclear", "archive", "resource.size > 3", List.of()),
                World.step("needs it", "archive", OLD, List.of("unclear")),
                World.step("needs that", "archive", OLD, List.of("needs it")),
                World.step("free", "disable", OLD, List.of()));

        Plan plan = plan();

        assertThat(plan.unclear()).singleElement().matches(item -> item.step().equals("unclear"));
        assertThat(plan.stopped()).containsExactly("unclear", "needs it", "needs that");
        assertThat(plan.operations())
                .singleElement()
                .matches(operation -> operation.step().equals("free"));
    }

    @Test
    void aResourceIsPlannedOnceOnly() {
        world.system.with("a", "old");
        world.job = World.job(
                World.step("first", "archive", OLD, List.of()), World.step("second", "disable", OLD, List.of()));

        Plan plan = plan();

        assertThat(plan.operations()).hasSize(1);
        assertThat(plan.kept()).singleElement().matches(item -> item.reason().equals("already in step 'first'"));
    }

    @Test
    void whatCannotBeTakenBackWellEnoughIsBlocked() {
        world.policy =
                World.policy(world.policy.limits(), 10, 20, List.of(), Duration.ZERO, Reversibility.EXACT, "exact");
        world.system.with("a", "old");
        world.job = World.job(World.step("old things", "remove"));
        assertThat(plan().blocked())
                .singleElement()
                .matches(item -> item.reason().equals("reversibility is lossy, policy 'test' allows exact"));

        world.job = World.job(World.step(
                "old things",
                "disable",
                OLD,
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(1), Optional.of("remove"))),
                Handover.LOCAL));
        assertThat(plan().blocked()).as("the weakest of the chain counts").hasSize(1);
    }

    @Test
    void whatCannotBeTakenBackAtAllIsBlockedWhateverThePolicyAllows() {
        world.policy =
                World.policy(world.policy.limits(), 10, 20, List.of(), Duration.ZERO, Reversibility.NONE, "none");
        world.system.with("a", "old");
        world.job = World.job(World.step("old things", "burn"));

        assertThat(plan().blocked()).hasSize(1);
        assertThat(plan().operations()).isEmpty();
    }

    @Test
    void moreThanFiveReissuesNeedAHandOver() {
        world.job = World.job(World.step("old things", "revoke"));
        world.system.with(5, "a", "old");
        assertThat(plan().operations()).hasSize(5);

        world.system.with(6, "a", "old");
        assertThat(plan().operations()).isEmpty();
        assertThat(plan().blocked()).hasSize(6);

        world.job = World.job(World.step(
                "old things",
                "revoke",
                OLD,
                List.of(),
                Optional.empty(),
                new Handover(Optional.of("vault"), "secret/handover")));
        assertThat(plan().operations()).hasSize(6);
    }

    @Test
    void whatCouldNotBeHandedOverIsBlockedAndTheRestIsNot() {
        world.system.with("a", "old");
        world.system.noHandover("there is no such mount");
        world.job = World.job(World.step("credentials", "revoke"));
        assertThat(plan().operations()).isEmpty();
        assertThat(plan().blocked())
                .singleElement()
                .matches(item -> item.reason().equals("there is no such mount"));

        world.job = World.job(World.step("flags", "archive"));
        assertThat(plan().operations()).hasSize(1);
    }

    @Test
    void theDigestCoversOperationsAndTheirState() {
        world.system.with("a", "old");
        Plan first = plan();
        assertThat(plan().digest()).isEqualTo(first.digest());

        world.system.change("a", "second");

        assertThat(plan().digest()).isNotEqualTo(first.digest());
    }

    @Test
    void aPlanIsReadBackFromTheJournalAsItWas() {
        world.system.with(2, "a", "old").with("kept", "old");
        world.ready();
        Keeps.keep(
                world.journal,
                new ResourceRef("thing", "fake", "kept"),
                world.clock.instant().plus(Duration.ofDays(1)),
                World.SOMEBODY);
        Plan plan = plan();

        Plans.save(world.journal, plan, World.SOMEBODY);

        assertThat(Plans.find(world.journal, plan.id())).contains(plan);
    }
}
