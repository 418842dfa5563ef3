package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
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

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(World.outcomes(paused)).containsExactly("a-00 done");

        world.system.readable("a-01");
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(World.outcomes(world.reread(paused))).containsExactly("a-00 done", "a-01 done");
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
    void anUndoGoesOnWithTheRestAndIsBegunAgainForWhatTheSystemDidNotTake() {
        world.system.with(2, "a", "old");
        world.ready();
        Run run = world.run();
        world.system.refuse("a-00", Kind.THROTTLED);

        Run undo = world.undo(run);
        Run again = world.undo(run);

        assertThat(undo.state()).isEqualTo(RunState.PARTIAL);
        assertThat(World.outcomes(undo)).anyMatch(outcome -> outcome.startsWith("a-00 failed"));
        assertThat(World.outcomes(undo)).contains("a-01 done");
        assertThat(again.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.status("a-00")).isEqualTo("live");
    }
}
