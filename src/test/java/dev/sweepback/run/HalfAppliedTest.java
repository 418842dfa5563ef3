package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.connector.State;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.plan.Keeps;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Operations of several requests whose process died between two of them. */
class HalfAppliedTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** What was half done looks unlike before, as a flag that is archived and yet to be deleted. */
    private Run halfApplied() {
        world.system.with("a", "old");
        world.ready();
        world.system.beforeSend(() -> {
            world.system.change("a", "half");
            world.system.half("a");
            throw new IllegalStateException("the process dies");
        });
        assertThat(catchThrowable(world::run)).isNotNull();
        world.system.beforeSend(() -> {});
        world.nextProcess().settle(World.SOMEBODY);
        Run run = Runs.all(world.journal).get(0);
        assertThat(World.outcomes(run)).containsExactly("a partly: half done: to be finished");
        return run;
    }

    private List<State> befores() {
        return world.journal.read(Query.of(EntryType.OPERATION_INTENT)).stream()
                .map(intent -> world.journal.snapshot(intent.data("before").orElseThrow()))
                .toList();
    }

    @Test
    void oneThatIsGoneOnWithKeepsTheSnapshotFromBeforeItBegan() {
        Run run = halfApplied();

        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).containsExactly("archive a");
        assertThat(befores()).hasSize(2);
        assertThat(befores().get(1)).isEqualTo(befores().get(0));
        assertThat(befores().get(0).content().path("value").asString()).isEqualTo("first");
    }

    @Test
    void undoBringsBackTheWhole() {
        Run run = halfApplied();
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        Run undo = world.undo(run);

        assertThat(undo.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void oneThatSomebodyKeepsMeanwhileIsNotGoneOnWith() {
        Run run = halfApplied();
        Keeps.keep(world.journal, FakeSystem.ref("a"), world.clock.instant().plusSeconds(60), World.SOMEBODY);

        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(world.system.sent()).isEmpty();
        assertThat(World.outcomes(world.reread(run))).containsExactly("a partly: half done: to be finished");
    }
}
