package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.BackOut.OnCheckFailure;
import dev.sweepback.job.BackOut.OnRollback;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Policy;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A run whose checks are asked on for two hours. */
class WatchTest {

    private final World world = new World();
    private final SettableChecks checks = new SettableChecks();

    @BeforeEach
    void watched() {
        List.of("a", "b", "c").forEach(id -> world.system.with(id, "old"));
        world.policy = World.waves(2);
        world.gate = world.gate(checks);
        watching(OnCheckFailure.UNDO_RUN);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void watching(OnCheckFailure what) {
        world.job = SettableChecks.checked(world.job, new BackOut(what, Duration.ofHours(2), OnRollback.AUTO));
    }

    private List<Entry> look() {
        return world.cleanup().watch(world.files(), World.SOMEBODY);
    }

    private static List<Optional<String>> results(List<Entry> ended) {
        return ended.stream().map(entry -> entry.data(Watch.RESULT)).toList();
    }

    @Test
    void aWatchThatSeesNothingBadEndsWellAndOnce() {
        world.ready().run();

        assertThat(look()).isEmpty();
        world.pass(Duration.ofHours(2));
        assertThat(results(look())).containsExactly(Optional.of("good"));
        assertThat(look()).isEmpty();
        assertThat(Watch.open(world.journal)).isEmpty();
    }

    @Test
    void whatTurnsBadWhileItIsWatchedIsTakenBack() {
        Run run = world.ready().run();
        world.pass(Duration.ofMinutes(90));
        checks.say(SettableChecks.BAD);

        assertThat(results(look())).containsExactly(Optional.of("failed"));
        List<Run> undos = world.cleanup().backOut(World.SOMEBODY);

        assertThat(undos)
                .singleElement()
                .satisfies(undo -> assertThat(RunJson.cause(undo))
                        .hasValueSatisfying(cause -> assertThat(cause).contains("while it was watched")));
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(world.system.status("c")).isEqualTo("live");
        assertThat(world.cleanup().backOut(World.SOMEBODY)).isEmpty();
    }

    @Test
    void theLastWaveAloneIsTakenBackWhereTheJobSaysSo() {
        watching(OnCheckFailure.UNDO_WAVE);
        world.ready().run();
        checks.say(SettableChecks.BAD);

        look();
        world.cleanup().backOut(World.SOMEBODY);

        assertThat(world.system.status("c")).isEqualTo("live");
        assertThat(world.system.status("a")).isNotEqualTo("live");
    }

    @Test
    void whereTheJobOnlyStopsTheFailureIsRecordedAndNothingTakenBack() {
        watching(OnCheckFailure.STOP);
        world.ready().run();
        checks.say(SettableChecks.BAD);

        assertThat(results(look())).containsExactly(Optional.of("failed"));

        assertThat(world.cleanup().backOut(World.SOMEBODY)).isEmpty();
        assertThat(world.system.status("a")).isNotEqualTo("live");
    }

    @Test
    void noDataKeepsWatchingAndIsSaidAtTheEnd() {
        world.ready().run();
        checks.say(SettableChecks.NO_DATA);

        assertThat(look()).isEmpty();
        world.pass(Duration.ofHours(3));

        assertThat(look()).singleElement().satisfies(entry -> {
            assertThat(entry.data(Watch.RESULT)).contains("unknown");
            assertThat(entry.reason()).hasValueSatisfying(why -> assertThat(why).contains("no answer within 10s"));
        });
    }

    @Test
    void whatNobodyHasLookedAtForLongIsLeftToAPerson() {
        Run run = world.ready().run();
        world.pass(Duration.ofDays(14));
        checks.say(SettableChecks.BAD);

        assertThat(look()).singleElement().satisfies(entry -> {
            assertThat(entry.data(Watch.RESULT)).contains("unknown");
            assertThat(entry.reason()).hasValueSatisfying(why -> assertThat(why).contains("nobody has looked"));
        });
        assertThat(world.cleanup().backOut(World.SOMEBODY)).isEmpty();
        assertThat(world.reread(run).state()).isEqualTo(RunState.SUCCEEDED);
    }

    @Test
    void aRunThatIsBrokenOffIsWatchedAsWell() {
        world.policy = World.policy(new Policy.Limits(100, 100, 0, 100, 5, Map.of()), 1, 2);
        world.system.refuse("b", ConnectorException.Kind.CONFLICT);
        Run run = world.ready().run();
        assertThat(run.state()).isEqualTo(RunState.STOPPED);
        checks.say(SettableChecks.BAD);

        assertThat(results(look())).containsExactly(Optional.of("failed"));
        world.cleanup().backOut(World.SOMEBODY);

        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void aFailureThatIsSeenOnlyAfterTheTimeCountsAllTheSame() {
        Run run = world.ready().run();
        world.pass(Duration.ofHours(25));
        checks.say(SettableChecks.BAD);

        assertThat(results(look())).containsExactly(Optional.of("failed"));
        world.cleanup().backOut(World.SOMEBODY);

        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void aRolledBackUpgradeEndsTheWatch() {
        world.ready().run();
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);

        assertThat(results(look())).containsExactly(Optional.of("ended"));
    }

    @Test
    void aJobWhoseFileIsGoneIsWatchedForADayMoreAndThenGivenUp() {
        world.ready().run();
        Loaded none = new Loaded(Optional.of(world.settings()), Map.of(), Map.of(), List.of());

        world.pass(Duration.ofHours(25));
        assertThat(world.cleanup().watch(none, World.SOMEBODY)).isEmpty();
        world.pass(Duration.ofHours(2));

        assertThat(results(world.cleanup().watch(none, World.SOMEBODY))).containsExactly(Optional.of("unknown"));
    }

    @Test
    void aRunThatWasTakenBackIsNotWatched() {
        world.undo(world.ready().run());

        assertThat(Watch.open(world.journal)).isEmpty();
    }
}
