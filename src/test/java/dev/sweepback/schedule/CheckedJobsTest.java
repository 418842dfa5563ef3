package dev.sweepback.schedule;

import static dev.sweepback.gate.CheckScene.BAD;
import static dev.sweepback.gate.CheckScene.GOOD;
import static dev.sweepback.gate.CheckScene.SILENT;
import static dev.sweepback.gate.CheckScene.check;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Handover;
import dev.sweepback.gate.CheckScene;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Check;
import dev.sweepback.job.Step;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The daemon, where the outside world has a word. */
class CheckedJobsTest extends DaemonScene {

    private CheckScene scene = new CheckScene(world);

    private void scene(Check... checks) {
        world.ready();
        scene = new CheckScene(world, checks);
    }

    private int plans() {
        return world.journal.read(Query.of(EntryType.PLAN_MADE)).size();
    }

    private List<RunState> statesNow() {
        return states();
    }

    @Test
    void aCheckThatIsNotGoodIsAskedAgainAfterItsIntervalAndNothingIsPlannedMeanwhile() {
        world.system.with("a", "old");
        scene(check("up", 1));
        scene.answers("up", SILENT, BAD, GOOD);
        serve();
        Instant begun = world.clock.instant();

        pass(Duration.ofSeconds(59));

        assertThat(scene.asked).containsExactly("up at " + begun.plusSeconds(1), "up at " + begun.plusSeconds(31));
        assertThat(plans()).isZero();
        assertThat(world.system.sent()).isEmpty();

        pass(Duration.ofSeconds(2));

        assertThat(world.system.sent()).containsExactly("archive a");
        assertThat(plans()).isEqualTo(1);
        assertThat(statesNow()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aRowIsWaitedForAndCountsOnBetweenWaves() {
        world.system.with("a", "old").with("b", "old").with("c", "old");
        world.policy = World.waves(1);
        scene(check("up", 3));
        serve();

        time.beat();

        assertThat(statesNow()).containsExactly(RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(3);
        assertThat(scene.asked)
                .as("three before it is planned, and one for each wave")
                .hasSize(3 + 3);
    }

    @Test
    void aPausedRunIsGoneOnWithOnceItsCheckIsGoodAgain() {
        world.system.with("a", "old").with("b", "old");
        world.policy = World.waves(1);
        scene(check("up", 1));
        scene.answers("up", GOOD, GOOD, SILENT);
        serve();
        time.beat();
        assertThat(statesNow()).containsExactly(RunState.PAUSED);
        scene.asked.clear();

        pass(Duration.ofMinutes(5));

        assertThat(scene.asked).as("at most once a minute").hasSizeBetween(4, 6);
        assertThat(world.system.sent()).containsExactly("archive a");
        scene.answers("up", GOOD);
        pass(Duration.ofMinutes(2));
        assertThat(statesNow()).containsExactly(RunState.SUCCEEDED);
        assertThat(world.system.sent()).containsExactly("archive a", "archive b");
    }

    @Test
    void whatIsDueWaitsForChecksToo() {
        world.system.with("a", "old");
        world.job = World.job(World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(1), Optional.of("remove"))),
                Handover.LOCAL));
        scene(check("up", 2));
        serve();
        time.beat();
        scene.answers("up", SILENT);
        scene.asked.clear();
        world.pass(Duration.ofDays(1));

        pass(Duration.ofSeconds(61));

        assertThat(world.system.sent()).containsExactly("disable a");
        assertThat(scene.asked).hasSizeBetween(2, 3);
        assertThat(plans()).as("nothing is planned in vain").isEqualTo(1);

        scene.answers("up", GOOD);
        pass(Duration.ofMinutes(3));

        assertThat(world.system.sent()).containsExactly("disable a", "remove a");
    }

    @Test
    void whatIsGivenUpIsNotAskedAgainUntilTheJobIsEnabled() {
        world.system.with("a", "old");
        scene(check(
                "up",
                1,
                Check.OnNoData.HOLD,
                Optional.of(new Check.MaxWait(Duration.ofMinutes(2), Check.MaxWait.Outcome.GIVE_UP))));
        scene.answers("up", SILENT);
        serve();
        pass(Duration.ofMinutes(3));
        scene.asked.clear();

        scene.answers("up", GOOD);
        pass(Duration.ofMinutes(10));

        assertThat(scene.asked).isEmpty();
        assertThat(world.system.sent()).isEmpty();

        Enablement.enable(world.journal, world.job, World.UPGRADE, World.SOMEBODY);
        pass(Duration.ofSeconds(2));

        assertThat(world.system.sent()).containsExactly("archive a");
    }

    @Test
    void theDaemonRecordsAJumpOfTheClockAndBeginsNothingForTenMinutes() {
        world.system.with("a", "old");
        world.upgraded();
        serve();
        pass(Duration.ofSeconds(2));

        world.clock.set(Duration.ofHours(5));
        world.enable();
        pass(Duration.ofMinutes(9));

        assertThat(world.journal.read(Query.of(EntryType.CLOCK_JUMPED))).hasSize(1);
        assertThat(world.system.sent()).isEmpty();

        pass(Duration.ofMinutes(2));

        assertThat(world.system.sent()).containsExactly("archive a");
    }
}
