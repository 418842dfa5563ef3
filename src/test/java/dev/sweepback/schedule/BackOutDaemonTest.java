package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.BackOut;
import dev.sweepback.job.BackOut.OnCheckFailure;
import dev.sweepback.job.BackOut.OnRollback;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.SettableChecks;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.UpgradeState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The daemon watches what it has run, backs out of it, and puts back what was removed for an upgrade that is rolled back. */
class BackOutDaemonTest extends DaemonScene {

    private final SettableChecks checks = new SettableChecks();

    @BeforeEach
    void four() {
        List.of("a", "b", "c", "d").forEach(id -> world.system.with(id, "old"));
        world.policy = World.waves(2);
        world.gate = world.gate(checks);
        job(OnRollback.AUTO);
    }

    private void job(OnRollback onRollback) {
        world.job = SettableChecks.checked(
                world.job, new BackOut(OnCheckFailure.UNDO_RUN, Duration.ofHours(2), onRollback));
    }

    private boolean allLive() {
        return List.of("a", "b", "c", "d").stream()
                .allMatch(id -> world.system.status(id).equals("live"));
    }

    @Test
    void aRunIsWatchedAndTakenBackWhenACheckFailsLater() {
        world.ready();
        serve();
        pass(Duration.ofSeconds(5));
        assertThat(states()).containsExactly(RunState.SUCCEEDED);

        pass(Duration.ofMinutes(10));
        checks.say(SettableChecks.BAD);
        pass(Duration.ofMinutes(2));

        assertThat(states()).containsExactly(RunState.UNDONE, RunState.SUCCEEDED);
        assertThat(allLive()).isTrue();
    }

    @Test
    void aWaveThatTurnsOutBadIsTakenBackOnceThoughManyLook() {
        world.ready();
        // Before it is planned, and before the first wave.
        checks.sayFirst(SettableChecks.GOOD, SettableChecks.GOOD);
        checks.say(SettableChecks.BAD);
        serve();

        pass(Duration.ofMinutes(3));

        assertThat(states()).containsExactly(RunState.UNDONE, RunState.SUCCEEDED);
        assertThat(allLive()).isTrue();
    }

    @Test
    void aRolledBackUpgradeIsPutBackByItself() {
        world.ready();
        serve();
        pass(Duration.ofSeconds(5));
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);

        pass(Duration.ofSeconds(5));

        assertThat(world.upgrade().state()).isEqualTo(UpgradeState.ROLLED_BACK);
        assertThat(allLive()).isTrue();
    }

    @Test
    void whatCouldNotBePutBackIsTriedAgainAndTheUpgradeIsRollingBackUntilThen() {
        world.ready();
        serve();
        pass(Duration.ofSeconds(5));
        world.system.refuse("a", dev.sweepback.connector.ConnectorException.Kind.UNREACHABLE);
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
        pass(Duration.ofSeconds(10));
        assertThat(world.upgrade().state()).isEqualTo(UpgradeState.ROLLING_BACK);
        world.system.readable("a");

        pass(Duration.ofMinutes(10));

        assertThat(world.upgrade().state()).isEqualTo(UpgradeState.ROLLED_BACK);
        assertThat(allLive()).isTrue();
    }

    @Test
    void whereAPersonIsToBeAskedTheDaemonPutsNothingBack() {
        job(OnRollback.ASK);
        world.ready();
        serve();
        pass(Duration.ofSeconds(5));
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);

        pass(Duration.ofMinutes(5));

        assertThat(world.upgrade().state()).isEqualTo(UpgradeState.ROLLING_BACK);
        assertThat(allLive()).isFalse();
        assertThat(states()).hasSize(1);
    }
}
