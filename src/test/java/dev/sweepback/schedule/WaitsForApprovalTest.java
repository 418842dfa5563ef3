package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Reversibility;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Allow;
import dev.sweepback.job.Approval;
import dev.sweepback.job.Job;
import dev.sweepback.job.Permits;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.PlanId;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Plans;
import dev.sweepback.run.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daemon, where a policy asks for people. */
class WaitsForApprovalTest extends DaemonScene {

    private static final String ANN = "local:1/ann";

    @BeforeEach
    void oneThingAndAnApprover() {
        world.actors = Map.of("local:1", List.of("approver"));
        world.system.with("a", "old");
        world.permit(permits(true, false));
        world.ready();
    }

    private static Permits permits(boolean approval, boolean confirms) {
        return new Permits(
                approval ? Optional.of(new Approval(List.of("approver"), 1, Duration.ofHours(8))) : Optional.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                confirms,
                Allow.ALL,
                Optional.empty(),
                true);
    }

    private PlanId onlyPlan() {
        assertThat(world.plans()).hasSize(1);
        return world.plans().get(0);
    }

    @Test
    void onePlanIsMadeAndWaitedForAndRunsAsSoonAsItIsApproved() {
        serve();
        pass(Duration.ofMinutes(3));
        PlanId plan = onlyPlan();
        assertThat(world.system.sent()).isEmpty();

        world.approve(plan, ANN);
        time.beat();

        assertThat(world.system.sent()).containsExactly("archive a");
        assertThat(world.journal.first(Query.of(EntryType.RUN_STARTED)).orElseThrow())
                .satisfies(started -> assertThat(started.plan()).contains(plan))
                .satisfies(started -> assertThat(started.actor()).isEqualTo(Actor.DAEMON));
        pass(Duration.ofMinutes(3));
        assertThat(world.plans()).hasSize(1);
    }

    @Test
    void aPlanThatSomebodyHasMadeIsWaitedForJustAsWell() {
        Plan plan = world.plan();
        Plans.save(world.journal, plan, World.SOMEBODY);
        serve();
        time.beat();
        assertThat(onlyPlan()).isEqualTo(plan.id());

        world.approve(plan.id(), ANN);
        time.beat();

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aDaemonThatIsStartedAnewMakesNoSecondPlan() {
        serve();
        time.beat();
        serve();
        time.beat();

        onlyPlan();
    }

    @Test
    void anotherIsMadeOnceItIsADayOld() {
        serve();
        time.beat();

        world.pass(Duration.ofHours(24));
        time.beat();

        onlyPlan();

        pass(Duration.ofSeconds(2));

        assertThat(world.plans()).hasSize(2);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void aWordForAPlanThatIsTooOldRunsNothing() {
        serve();
        time.beat();
        world.pass(Duration.ofHours(23));
        world.approve(onlyPlan(), ANN);
        world.pass(Duration.ofHours(2));
        time.beat();

        assertThat(world.system.sent()).isEmpty();
        assertThat(world.plans()).hasSize(2);
    }

    @Test
    void afterARejectionNothingIsPlannedBeforeTheJobIsEnabledAgain() {
        serve();
        time.beat();
        world.reject(onlyPlan(), ANN);
        pass(Duration.ofMinutes(2));
        world.pass(Duration.ofHours(49));
        pass(Duration.ofMinutes(2));
        serve();
        pass(Duration.ofMinutes(2));

        onlyPlan();

        world.enable();
        time.beat();

        assertThat(world.plans()).hasSize(2);
        assertThat(world.system.sent()).isEmpty();
        world.approve(world.plans().get(1), ANN);
        time.beat();
        assertThat(world.system.sent()).containsExactly("archive a");
    }

    @Test
    void whatWasApprovedWaitsForItsGate() {
        serve();
        time.beat();
        Enablement.pause(world.journal, Optional.of(world.job.name()), World.SOMEBODY);
        world.approve(onlyPlan(), ANN);
        pass(Duration.ofMinutes(1));
        assertThat(world.system.sent()).isEmpty();

        world.enable();
        time.beat();

        assertThat(world.system.sent()).containsExactly("archive a");
        onlyPlan();
    }

    @Test
    void aWordThatExpiredBeforeItsGateOpenedIsAskedForAgain() {
        serve();
        time.beat();
        Enablement.pause(world.journal, Optional.of(world.job.name()), World.SOMEBODY);
        world.approve(onlyPlan(), ANN);
        world.pass(Duration.ofHours(8));
        world.enable();
        pass(Duration.ofMinutes(1));
        assertThat(world.system.sent()).isEmpty();

        world.approve(onlyPlan(), ANN);
        time.beat();

        assertThat(world.system.sent()).containsExactly("archive a");
    }

    @Test
    void whatWasPlannedBeforeTheLastRunIsOvertakenByIt() {
        world.system.with("b", "old");
        Plan overtaken = world.plan();
        Plans.save(world.journal, overtaken, World.SOMEBODY);
        Plan plan = world.plan();
        Plans.save(world.journal, plan, World.SOMEBODY);
        world.approve(plan.id(), ANN);
        serve();
        time.beat();
        assertThat(states()).containsExactly(RunState.SUCCEEDED);

        world.system.with("c", "old");
        world.enable();
        pass(Duration.ofHours(1));

        assertThat(world.plans()).hasSize(3);
        world.approve(world.plans().get(2), ANN);
        time.beat();
        assertThat(world.system.sent()).containsExactly("archive a", "archive b", "archive c");
    }

    @Test
    void aJobWithAScheduleRunsAtTheFireTimeAtWhichItIsApproved() {
        Job job = world.job;
        world.job = new Job(
                job.name(),
                job.labels(),
                job.after(),
                job.start(),
                Optional.of(new Job.Schedule("0 0 0 1 1 ? 2099", ZoneOffset.UTC, Job.Misfire.SKIP)),
                job.policy(),
                job.checks(),
                job.steps(),
                job.backOut(),
                job.source());
        serve();
        time.fire(job.name());
        world.approve(onlyPlan(), ANN);
        pass(Duration.ofMinutes(1));
        assertThat(world.system.sent()).isEmpty();

        time.fire(job.name());

        assertThat(world.system.sent()).containsExactly("archive a");
    }

    @Test
    void whatCannotBePutBackIsNeverDoneByItself() {
        irreversible(permits(false, true));
        serve();
        pass(Duration.ofMinutes(3));

        onlyPlan();
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void norOnceItIsApproved() {
        irreversible(permits(true, true));
        serve();
        time.beat();
        world.approve(onlyPlan(), ANN);
        pass(Duration.ofMinutes(3));

        onlyPlan();
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void itIsDoneWhereThePolicyAsksForNobody() {
        irreversible(permits(false, false));
        serve();
        time.beat();

        assertThat(world.system.sent()).containsExactly("burn a");
    }

    private void irreversible(Permits permits) {
        world.policy = World.permitting(world.policy, Reversibility.NONE, permits);
        world.job = World.job(World.irreversible("old things", "burn"));
        world.enable();
    }
}
