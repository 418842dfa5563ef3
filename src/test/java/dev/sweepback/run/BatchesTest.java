package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.SendWindow;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatchesTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theBatchesOfAKindComeOneAfterTheOtherInTheOrderOfThePlan() {
        world.concurrency = 4;
        world.system.with(5, "a", "old").batchesOf(2);
        Set<Thread> senders = ConcurrentHashMap.newKeySet();
        world.system.beforeSend(() -> senders.add(Thread.currentThread()));
        world.ready();

        Run run = world.run();

        assertThat(World.outcomes(run)).hasSize(5).allMatch(outcome -> outcome.endsWith(" done"));
        assertThat(world.system.sent())
                .containsExactly("archive a-00", "archive a-01", "archive a-02", "archive a-03", "archive a-04");
        assertThat(senders).hasSize(1);
    }

    @Test
    void aBatchHasTheMoreTimeTheLessOfItCanGoSideBySide() {
        world.concurrency = 2;
        world.system.with(5, "a", "old").batchesOf(5);
        world.ready();

        Run run = world.run();
        Run undo = world.undo(run);

        Duration whole = Connection.Timeouts.DEFAULT.whole();
        assertThat(windows(run)).containsOnly(whole.multipliedBy(4));
        assertThat(windows(undo)).containsOnly(whole.multipliedBy(6));
    }

    private static List<Duration> windows(Run run) {
        return run.operations().stream()
                .map(operation -> operation.intent().orElseThrow())
                .map(intent -> Duration.between(
                        intent.time(), Instant.parse(intent.data("deadline").orElseThrow())))
                .toList();
    }

    @Test
    void whatIsSentMustEndInTheTimeOfItsOperation() {
        world.system.with("a", "old");
        Duration tooLong = Connection.Timeouts.DEFAULT.whole().multipliedBy(100);
        List<Boolean> allowed = new ArrayList<>();
        world.system.beforeSend(() -> allowed.add(SendWindow.allows(tooLong)));
        world.ready();

        world.undo(world.run());

        assertThat(allowed).as("the cleanup and its undo").containsExactly(false, false);
        assertThat(SendWindow.allows(tooLong)).as("afterwards").isTrue();
    }

    @Test
    void whatBecameUntouchableSinceThePlanIsLeftAlone() {
        world.system.with(2, "a", "old");
        world.ready();
        Plan plan = world.plan();
        world.system.untouchable("a-00", "it is Sweepback's own");

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).containsExactly("a-00 skipped: it is Sweepback's own", "a-01 done");
        assertThat(world.system.sent()).containsExactly("archive a-01");
    }

    @Test
    void whatShouldBeDisabledAndIsGoneByThenIsSaidToBeSo() {
        world.job = World.job(World.step("old things", "disable"));
        world.system.with("a", "old").beforeSend(() -> world.system.lose("a"));
        world.ready();

        Run run = world.run();

        assertThat(World.outcomes(run)).containsExactly("a already: somebody has removed it meanwhile");
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
    }
}
