package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.job.Job;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.World;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The daemon, where a system takes no requests for a while. */
class LimitTest extends DaemonScene {

    private static final Duration WAIT = Duration.ofMinutes(20);

    private int resumed() {
        return world.journal.read(Query.of(EntryType.RUN_RESUMED)).size();
    }

    private void ready() {
        world.system.with(2, "a", "old").refuse("a-00", Kind.THROTTLED);
        world.system.asksToWait(WAIT);
        world.ready();
    }

    @Test
    void aCleanupIsGoneOnWithWhenItsSystemTakesRequestsAgainAndNotBefore() {
        ready();
        serve();
        time.beat();
        assertThat(states()).containsExactly(RunState.PAUSED);

        pass(WAIT.minusSeconds(1));

        assertThat(resumed()).isZero();

        pass(Duration.ofSeconds(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void soIsThatOfAJobWithASchedule() {
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
        ready();
        serve();
        time.fire(world.job.name());
        assertThat(states()).containsExactly(RunState.PAUSED);

        pass(WAIT.minusSeconds(1));
        time.fire(world.job.name());

        assertThat(resumed()).isZero();

        pass(Duration.ofSeconds(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aJobThatCouldNotBePlannedIsPlannedWhenItsSystemTakesRequestsAgainAndNotBefore() {
        world.policy = World.policy(
                world.policy.limits(), 1, 20, List.of(), Duration.ofDays(7), Reversibility.REISSUE, "minIdle 7d");
        world.system.with(2, "a", "old").unreadableUse("a-00", Kind.THROTTLED);
        world.system.asksToWait(WAIT);
        world.ready();
        serve();
        time.beat();
        world.system.readable("a-00");

        pass(WAIT.minusSeconds(1));

        assertThat(states()).isEmpty();

        pass(Duration.ofSeconds(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aWaitOfSecondsIsNoMinute() {
        ready();
        world.system.asksToWait(Duration.ofSeconds(5));
        serve();
        time.beat();

        pass(Duration.ofSeconds(5));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void aDaemonThatIsStartedAnewWaitsAsWell() {
        ready();
        serve();
        time.beat();
        pass(Duration.ofMinutes(1));

        serve();
        pass(WAIT.minusMinutes(1).minusSeconds(1));

        assertThat(resumed()).isZero();

        pass(Duration.ofSeconds(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    @Test
    void anUndoIsGoneOnWithWhenItsSystemTakesRequestsAgainAndNotBefore() {
        world.system.with(2, "a", "old");
        world.ready();
        Run run = world.run();
        world.system.refuse("a-00", Kind.THROTTLED);
        world.system.asksToWait(WAIT);
        world.undo(run);
        serve();

        pass(WAIT.minusSeconds(1));

        assertThat(resumed()).isZero();

        pass(Duration.ofSeconds(1));

        assertThat(states()).containsExactly(RunState.UNDONE, RunState.SUCCEEDED);
    }

    /** As it is with real ones: what refused the request takes no look at it either. */
    @Test
    void whatCannotBeLookedAtBeforeIsLookedAtAndGoneOnWithAtThatTime() {
        world.system.with(2, "a", "old");
        world.system.asksToWait(WAIT);
        world.system.beforeSend(() -> world.system.unreadable("a-00", Kind.THROTTLED));
        world.ready();
        serve();
        time.beat();
        world.system.beforeSend(() -> {});
        assertThat(states()).containsExactly(RunState.PAUSED);
        int unsettled = unsettled();

        pass(WAIT.minusSeconds(1));

        assertThat(unsettled()).as("nobody looks in vain").isEqualTo(unsettled);

        world.system.readable("a-00");
        pass(Duration.ofSeconds(1));

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }

    private int unsettled() {
        return world.journal.read(Query.of(EntryType.OPERATION_UNSETTLED)).size();
    }

    @Test
    void anUndoThatWaitsForSecondsIsNotHeldUpByTheLastLook() {
        world.system.with(1, "a", "old");
        world.ready();
        Run run = world.run();
        world.system.refuse("a-00", Kind.THROTTLED);
        world.system.asksToWait(Duration.ofSeconds(5));
        world.undo(run);
        serve();

        pass(Duration.ofSeconds(5));

        assertThat(states()).containsExactly(RunState.UNDONE, RunState.SUCCEEDED);
    }

    /** What has been looked at in vain for long is looked at every hour or two. */
    @Test
    void anUndoIsNotHeldUpByWhatHasBeenLookedAtInVain() {
        world.system.with(1, "a", "old").with(1, "z", "old").batchesOf(2);
        world.system.answerLost("z-00", Kind.TIMEOUT, Duration.ZERO);
        world.ready();
        world.system.beforeSend(() -> world.system.unreadable("z-00"));
        Run run = world.run();
        world.system.beforeSend(() -> {});
        serve();
        for (int hour = 0; hour < 5; hour++) {
            pass(Duration.ofHours(1));
        }
        int looks = unsettled();
        for (int minutes = 0; minutes < 180 && unsettled() == looks; minutes++) {
            pass(Duration.ofMinutes(1));
        }
        assertThat(unsettled()).isEqualTo(looks + 1);
        world.system.asksToWait(Duration.ofMinutes(5));
        world.system.beforeSend(() -> world.system.unreadable("a-00", Kind.THROTTLED));
        Run undo = world.undo(run, "name=a-00");
        world.system.beforeSend(() -> {});
        assertThat(undo.state()).isEqualTo(RunState.PAUSED);
        world.system.readable("a-00");

        pass(Duration.ofMinutes(5));

        assertThat(world.reread(undo).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void anUndoWaitsNoLongerForAnotherThatAsksToWait() {
        world.system.with(2, "a", "old");
        world.ready();
        Run run = world.run();
        world.system.refuse("a-00", Kind.THROTTLED);
        world.system.asksToWait(WAIT);
        world.undo(run, "name=a-00");
        world.system.refuse("a-01", Kind.THROTTLED);
        world.system.asksToWait(Duration.ofSeconds(90));
        world.undo(run, "name=a-01");
        serve();

        pass(Duration.ofSeconds(90));

        assertThat(states()).containsExactly(RunState.SUCCEEDED, RunState.PAUSED, RunState.SUCCEEDED);
        assertThat(Map.of("a-00", "archived", "a-01", "live"))
                .allSatisfy((id, status) -> assertThat(world.system.status(id)).isEqualTo(status));
    }
}
