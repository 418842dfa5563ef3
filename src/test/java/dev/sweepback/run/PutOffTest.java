package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A system that takes no requests for a while. */
class PutOffTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** The first failure would stop the run, and nothing follows in the same wave. */
    private void strict() {
        world.policy = World.policy(new Policy.Limits(100, 100, 0, 100, 5, Map.of()), 1, 2);
    }

    @Test
    void whatWasRefusedAsOneTooManyIsNoFailureAndIsComeBackTo() {
        strict();
        world.system.with(4, "a", "old").refuse("a-00", Kind.THROTTLED);
        world.ready();

        Run paused = world.run();

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.reason().orElseThrow()).startsWith("one operation is put off: ");
        assertThat(World.outcomes(paused)).hasSize(2).first().asString().startsWith("a-00 not-done: ");
        assertThat(world.system.sent()).containsExactlyInAnyOrder("archive a-00", "archive a-01");

        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(paused).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.status("a-00")).isEqualTo("archived");
        assertThat(world.system.status("a-03")).isEqualTo("archived");
    }

    @Test
    void whatCannotBeReadForTheLimitIsNotEvenAnnounced() {
        strict();
        world.system.with(2, "a", "old").unreadable("a-01", Kind.THROTTLED);
        world.ready();

        Run paused = world.run();

        assertPausedBeforeTheSecondAndGoneOnWith(paused);
    }

    @Test
    void whatElseFailedInTheWaveStillStopsTheRun() {
        strict();
        world.system.with(2, "a", "old").refuse("a-00", Kind.THROTTLED);
        world.system.refuse("a-01", Kind.FORBIDDEN);
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.STOPPED);
        assertThat(run.reason().orElseThrow()).startsWith("1 failed");
    }

    @Test
    void theRunSaysUntilWhenTheSystemAsksToWait() {
        world.system.with(2, "a", "old").refuse("a-00", Kind.THROTTLED);
        world.system.asksToWait(Duration.ofMillis(3_599_001));
        world.ready();
        Instant now = world.clock.instant();

        Run paused = world.run();

        ResumeAt until = ResumeAt.of(paused).orElseThrow();
        assertThat(until.instant()).isEqualTo(now.plus(Duration.ofHours(1)));
        assertThat(until.isAhead(now)).isTrue();
        assertThat(until.isAhead(now.plus(Duration.ofHours(1)))).isFalse();
        assertThat(until.isAhead(now.minusSeconds(1)))
                .as("a clock that was set back prolongs nothing")
                .isFalse();
        assertThat(RunJson.toJson(paused).path("resumeAt").asString())
                .isEqualTo(until.instant().toString());
    }

    @Test
    void aSystemThatDoesNotSayHowLongIsAskedAgainAfterAMinute() {
        world.system.with(2, "a", "old").refuse("a-00", Kind.THROTTLED);
        world.ready();
        Instant now = world.clock.instant();

        Run paused = world.run();

        assertThat(ResumeAt.of(paused).orElseThrow().instant()).isEqualTo(now.plus(Duration.ofMinutes(1)));
    }

    @Test
    void whatWaitsForSomethingElseThanTimeHasNoTime() {
        world.policy = World.waves(1);
        world.system.with(2, "a", "old");
        world.ready();
        world.system.beforeSend(() -> Enablement.pause(world.journal, Optional.empty(), World.SOMEBODY));

        Run paused = world.run();

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(ResumeAt.of(paused)).isEmpty();
        assertThat(RunJson.toJson(paused).has("resumeAt")).isFalse();
    }

    @Test
    void whatWasDoneAndCouldNotBeLookedAtForTheLimitIsNoFailure() {
        strict();
        world.system.with(4, "a", "old");
        world.system.beforeSend(() -> world.system.unreadable("a-00", Kind.THROTTLED));
        world.ready();

        Run paused = world.run();

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.open()).hasSize(1);

        world.system.beforeSend(() -> {});
        world.system.readable("a-00");
        world.nextProcess().settle(World.SOMEBODY);
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(paused).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void nobodyWaitsForADeadlineBeforeWhichTheSystemTakesNoRequests() {
        world.system.with(1, "a", "old");
        world.system.asksToWait(Duration.ofMinutes(20));
        world.system.beforeSend(() -> world.system.unreadable("a-00", Kind.THROTTLED));
        world.ready();
        Instant now = world.clock.instant();

        Run paused = world.run();

        assertThat(world.clock.instant()).isEqualTo(now);
        assertThat(ResumeAt.of(paused).orElseThrow().instant()).isEqualTo(now.plus(Duration.ofMinutes(20)));
        assertThat(paused.open()).hasSize(1);
    }

    private void idleForAWeek() {
        world.policy = World.policy(
                new Policy.Limits(100, 100, 0, 100, 5, Map.of()),
                1,
                20,
                List.of(),
                Duration.ofDays(7),
                Reversibility.REISSUE,
                "minIdle 7d");
    }

    @Test
    void whatCannotBeAskedForItsUseForTheLimitIsNotEvenAnnounced() {
        idleForAWeek();
        world.system.with(2, "a", "old");
        world.ready();
        Plan plan = world.plan();
        world.system.unreadableUse("a-01", Kind.THROTTLED);

        Run paused = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertPausedBeforeTheSecondAndGoneOnWith(paused);
    }

    @Test
    void whatCannotBeAskedForItsUseForAnotherReasonFailsAndIsNotDone() {
        idleForAWeek();
        world.system.with(1, "a", "old");
        world.ready();
        Plan plan = world.plan();
        world.system.unreadableUse("a-00", Kind.FORBIDDEN);

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run))
                .containsExactly("a-00 failed: connection 'fake': its use cannot be read; try again");
        assertThat(run.state()).isNotEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).isEmpty();
        world.system.readable("a-00");
        assertThat(World.outcomes(world.run())).containsExactly("a-00 done");
    }

    private void assertPausedBeforeTheSecondAndGoneOnWith(Run paused) {
        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(World.outcomes(paused)).containsExactly("a-00 done");

        world.system.readable("a-01");
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(World.outcomes(world.reread(paused))).containsExactly("a-00 done", "a-01 done");
    }
}
