package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.gate.Checks;
import dev.sweepback.gate.Gate;
import dev.sweepback.job.Freeze;
import dev.sweepback.job.Hours;
import dev.sweepback.job.Job;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.run.World;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The daemon keeps to the hours of a policy, to freezes and to the hourly rate, also within a run. */
class HoursSceneTest extends DaemonScene {

    private static final Hours WORK = new Hours(
            EnumSet.range(DayOfWeek.MONDAY, DayOfWeek.THURSDAY),
            LocalTime.of(9, 0),
            LocalTime.of(17, 0),
            ZoneId.of("Europe/Berlin"));

    /** It is Monday, 2 November 2026, in the evening; the next day is one of the hours. */
    private static final Instant NINE = Instant.parse("2026-11-03T08:00:00Z");

    private static final Instant FIVE = Instant.parse("2026-11-03T16:00:00Z");

    private void ready(int things) {
        world.system.with(things, "a", "old");
        world.ready();
    }

    private void workingHours(int waveSize) {
        world.policy = World.waves(waveSize);
        world.permit(World.hours(WORK));
    }

    private void passTo(Instant instant) {
        world.clock.until(instant);
        time.beat();
    }

    @Test
    void aJobBeginsWhenTheHoursDo() {
        workingHours(20);
        ready(2);
        serve();

        passTo(NINE.minusSeconds(1));
        assertThat(states()).isEmpty();
        pass(Duration.ofSeconds(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aRunEndsItsWaveAtFiveAndGoesOnAtNine() {
        workingHours(2);
        ready(5);
        serve();
        // a wave, then the policy's pause of 30 seconds, which ends at five
        passTo(FIVE.minusSeconds(30));

        assertThat(states()).containsExactly(RunState.PAUSED);
        assertThat(world.system.sent()).hasSize(2);
        assertThat(Runs.all(world.journal).get(0).reason().orElseThrow())
                .contains("again from Wed 2026-11-04 09:00 (2026-11-04T08:00Z) on");

        pass(Duration.ofMinutes(5));
        passTo(NINE.plus(Duration.ofDays(1)).minusSeconds(1));
        assertThat(world.system.sent()).hasSize(2);
        pass(Duration.ofMinutes(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(5).doesNotHaveDuplicates();
        assertThat(world.journal.read(Query.of(EntryType.RUN_RESUMED))).hasSize(1);
    }

    @Test
    void soDoesADaemonThatWasStartedAnewInTheNight() {
        workingHours(2);
        ready(4);
        serve();
        passTo(FIVE.minusSeconds(30));
        world.clock.until(FIVE.plus(Duration.ofHours(8)));

        serve();
        pass(Duration.ofMinutes(2));
        assertThat(states()).containsExactly(RunState.PAUSED);
        passTo(NINE.plus(Duration.ofDays(1)));
        pass(Duration.ofMinutes(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void overTheWeekendTheOldPlanEndsAndTheJobIsPlannedAnew() {
        workingHours(2);
        ready(3);
        serve();
        Instant thursday = FIVE.plus(Duration.ofDays(2));
        world.clock.until(thursday.minusSeconds(30));
        time.beat();
        assertThat(states()).containsExactly(RunState.PAUSED);

        passTo(thursday.plus(Duration.ofDays(2)));
        pass(Duration.ofMinutes(2));
        assertThat(states()).containsExactly(RunState.STOPPED);
        passTo(NINE.plus(Duration.ofDays(6)));

        assertThat(states()).containsExactly(RunState.STOPPED, RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void aFreezeEndsARunWithItsWaveAndTheRestFollowsWhenItIsOver() {
        Instant from = world.clock.instant().plus(Duration.ofHours(6));
        world.gate = Gate.standard(
                List.of(new Freeze("move", from, from.plus(Duration.ofHours(2)))), Checks.NONE, world.watch);
        world.policy = World.waves(1);
        ready(2);
        world.clock.until(from.minusSeconds(30));
        serve();
        time.beat();

        assertThat(states()).containsExactly(RunState.PAUSED);
        passTo(from.plus(Duration.ofHours(2)).minusSeconds(1));
        assertThat(world.system.sent()).hasSize(1);
        pass(Duration.ofMinutes(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatHasUsedUpTheHourGoesOnWhenThereIsRoom() {
        world.policy = World.waves(2);
        world.permit(World.perHour(3));
        ready(6);
        serve();

        time.beat();
        assertThat(states()).containsExactly(RunState.PAUSED);
        assertThat(world.system.sent()).hasSize(2);
        pass(Duration.ofMinutes(58));
        assertThat(world.system.sent()).hasSize(2);
        pass(Duration.ofMinutes(3));
        assertThat(world.system.sent()).hasSize(4);
        pass(Duration.ofMinutes(62));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aJobWhoseFirstWaveDoesNotFitIsNotPlannedAgainBeforeItDoes() {
        world.policy = World.waves(3);
        world.permit(World.perHour(3));
        ready(1);
        world.run();
        world.system.with(3, "b", "other");
        world.job = World.job(
                "second",
                Map.of(),
                Job.Start.AUTOMATIC,
                "second",
                World.step("others", "archive", "resource.group == 'other'", List.of()));
        serve();
        time.beat();
        int planned = world.journal.read(Query.of(EntryType.PLAN_MADE)).size();

        pass(Duration.ofMinutes(59));
        assertThat(world.journal.read(Query.of(EntryType.PLAN_MADE))).hasSize(planned);
        pass(Duration.ofMinutes(2));

        assertThat(world.system.status("b-00")).isEqualTo("archived");
    }
}
