package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.journal.RunState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The daemon, where guards block all that a job selects. */
class BlockedTest extends DaemonScene {

    @Test
    void theJobIsPlannedAgainEveryHourAndDoneOnceNothingBlocksIt() {
        world.system.with("a", "old");
        world.system.reversible(new Reversible(Reversibility.NONE, List.of()));
        world.ready();
        serve();
        time.beat();
        assertThat(world.system.sent()).isEmpty();

        world.system.reversible(new Reversible(Reversibility.EXACT, List.of()));
        world.pass(Duration.ofMinutes(59));
        time.beat();

        assertThat(states()).as("not at each beat").hasSize(1);

        world.pass(Duration.ofMinutes(1));
        time.beat();

        assertThat(world.system.sent()).containsExactly("archive a");
        world.pass(Duration.ofHours(2));
        time.beat();
        assertThat(states()).containsExactly(RunState.SUCCEEDED, RunState.SUCCEEDED);
    }

    @Test
    void aJobThatFindsNothingIsDone() {
        world.system.with("a", "new");
        world.ready();
        serve();
        time.beat();

        world.pass(Duration.ofHours(2));
        time.beat();

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }
}
