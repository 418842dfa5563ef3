package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Rate;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PacingTest {

    private final World world = new World();
    private final List<Instant> sentAt = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        world.close();
    }

    private void rate(int perSecond) {
        Policy policy = World.waves(100);
        world.policy = new Policy(
                policy.name(),
                policy.limits(),
                policy.protect(),
                policy.weakest(),
                policy.minIdle(),
                policy.waves(),
                policy.stopAfterFailures(),
                Optional.of(new Rate(perSecond)),
                policy.permits(),
                policy.source());
        world.system.beforeSend(() -> sentAt.add(world.clock.instant()));
    }

    @Test
    void operationsOfAllThreadsTogetherGoNoFasterThanThePolicySays() {
        rate(4);
        world.concurrency = 8;
        world.system.with(20, "a", "old");
        world.ready();
        Instant begun = world.clock.instant();

        world.run();

        assertThat(sentAt).hasSize(20);
        assertThat(Duration.between(begun, world.clock.instant())).isEqualTo(Duration.ofMillis(19 * 250));
    }

    @Test
    void aBatchHoldsNoMoreThanASecondMayHave() {
        rate(4);
        List<Integer> before = new CopyOnWriteArrayList<>();
        world.system.with(10, "a", "old").batchesOf(100);
        world.system.beforeSend(() -> {
            sentAt.add(world.clock.instant());
            before.add(world.system.sent().size());
        });
        world.ready();
        Instant begun = world.clock.instant();

        world.run();

        assertThat(sentAt).containsExactly(begun, begun.plusSeconds(1), begun.plusSeconds(2));
        assertThat(before).containsExactly(0, 4, 8);
    }

    @Test
    void anUndoIsNotHeldUp() {
        rate(1);
        world.system.with(10, "a", "old");
        world.ready();
        Run run = world.run();
        Instant begun = world.clock.instant();

        Run undo = world.undo(run);

        assertThat(undo.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.clock.instant()).isEqualTo(begun);
    }

    @Test
    void whoIsAskedToStopWaitsForNoTurn() {
        rate(1);
        world.system.with(10, "a", "old");
        world.system.beforeSend(world.stop::raise);
        world.ready();
        Instant begun = world.clock.instant();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.PAUSED);
        assertThat(world.system.sent()).hasSizeLessThan(10);
        assertThat(Duration.between(begun, world.clock.instant())).isLessThan(Duration.ofSeconds(10));
    }
}
