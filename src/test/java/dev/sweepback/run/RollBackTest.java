package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.BackOut.OnCheckFailure;
import dev.sweepback.job.BackOut.OnRollback;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Permits;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.UpgradeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An upgrade that is rolled back after something was removed for it. */
class RollBackTest {

    private final World world = new World();
    private final SettableChecks checks = new SettableChecks();

    @BeforeEach
    void three() {
        List.of("a", "b", "c").forEach(id -> world.system.with(id, "old"));
        world.policy = World.waves(2);
        world.gate = world.gate(checks);
        onRollback(OnRollback.AUTO);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void onRollback(OnRollback what) {
        world.job = SettableChecks.checked(world.job, new BackOut(OnCheckFailure.STOP, Duration.ZERO, what));
    }

    private void rollBack() {
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
    }

    private RollBack state() {
        return world.cleanup().rollBack(World.UPGRADE, world.files());
    }

    /** What the daemon, or a pipeline that waits, does. */
    private List<Run> putBack() {
        List<Run> undos = new ArrayList<>();
        for (RollBack.Part part : state().due(world.clock.instant())) {
            world.cleanup().rollBack(World.UPGRADE, part, World.SOMEBODY).ifPresent(undos::add);
        }
        world.cleanup().rolledBack(state(), World.SOMEBODY);
        return undos;
    }

    private UpgradeState upgrade() {
        return world.upgrade().state();
    }

    @Test
    void anUpgradeForWhichNothingWasRemovedIsRolledBackAtOnce() {
        world.ready();

        rollBack();

        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
    }

    @Test
    void itIsRollingBackUntilWhatWasRemovedIsPutBack() {
        Run run = world.ready().run();

        rollBack();
        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLING_BACK);
        List<Run> undos = putBack();

        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
        assertThat(undos)
                .singleElement()
                .satisfies(undo -> assertThat(RunJson.cause(undo)).contains("upgrade app-2 is rolled back"));
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void whatSomebodyHasChangedIsLeftAloneAndCounted() {
        world.ready().run();
        world.system.change("b", "other");
        rollBack();

        putBack();

        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
        assertThat(state().conflicts()).isEqualTo(1);
        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(world.system.status("b")).isNotEqualTo("live");
    }

    @Test
    void aRunThatWasUnderWayIsEndedBeforeItIsTakenBack() {
        world.ready();
        checks.sayFirst(SettableChecks.GOOD);
        checks.say(SettableChecks.NO_DATA);
        Run paused = world.run();
        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        rollBack();

        putBack();

        assertThat(world.reread(paused).finished()).isPresent();
        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
    }

    @Test
    void whatWasNotYetRunIsCancelled() {
        world.ready();
        world.run();
        rollBack();
        putBack();
        world.enable();

        assertThat(world.answer()).isInstanceOf(RunAnswer.GateClosed.class);
    }

    @Test
    void whereAPersonIsToBeAskedNothingIsPutBackUnasked() {
        onRollback(OnRollback.ASK);
        Run run = world.ready().run();
        rollBack();

        assertThat(putBack()).isEmpty();
        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLING_BACK);
        assertThat(state().asks())
                .singleElement()
                .satisfies(part -> assertThat(part.run().id()).isEqualTo(run.id()));

        world.undo(run);
        putBack();
        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
    }

    @Test
    void whereNothingIsToBePutBackItStaysAndTheUpgradeIsRolledBack() {
        onRollback(OnRollback.NONE);
        world.ready().run();
        rollBack();

        assertThat(putBack()).isEmpty();

        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
        assertThat(world.system.status("a")).isNotEqualTo("live");
    }

    @Test
    void aJobWhoseFileIsGoneIsAsked() {
        world.ready().run();
        rollBack();
        Loaded none = new Loaded(Optional.of(world.settings()), Map.of(), Map.of(), List.of());

        RollBack state = world.cleanup().rollBack(World.UPGRADE, none);

        assertThat(state.due(world.clock.instant())).isEmpty();
        assertThat(state.asks()).hasSize(1);
    }

    @Test
    void whatHasNoWayBackHoldsUpNothing() {
        world.policy = World.permitting(World.policy(), Reversibility.NONE, Permits.ANY);
        world.job = SettableChecks.checked(
                World.job(World.irreversible("old things", "burn")),
                new BackOut(OnCheckFailure.STOP, Duration.ZERO, OnRollback.AUTO));
        world.ready().run();
        rollBack();

        putBack();

        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
        assertThat(state().conflicts()).isEqualTo(3);
    }

    @Test
    void theNewestRunIsTakenBackFirst() {
        Run first = world.ready().run();
        world.system.with("d", "old");
        world.enable();
        Run second = world.run();
        rollBack();

        List<Run> undos = putBack();

        assertThat(undos).extracting(Run::undoOf).containsExactly(Optional.of(second.id()), Optional.of(first.id()));
        assertThat(Runs.all(world.journal)).hasSize(4);
    }

    @Test
    void whatFailedByAClockThatWasAheadIsTriedAgainOnceTheClockIsRight() {
        world.ready().run();
        rollBack();
        world.clock.set(Duration.ofDays(365));
        world.system.refuse("a", ConnectorException.Kind.FORBIDDEN);
        putBack();
        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLING_BACK);
        assertThat(putBack()).as("not at once").isEmpty();
        world.clock.set(Duration.ofDays(-365));

        assertThat(putBack()).hasSize(1);

        assertThat(upgrade()).isEqualTo(UpgradeState.ROLLED_BACK);
    }
}
