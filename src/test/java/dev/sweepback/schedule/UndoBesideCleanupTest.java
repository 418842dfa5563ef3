package dev.sweepback.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.gate.Checks;
import dev.sweepback.gate.Enablement;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.BackOut.OnCheckFailure;
import dev.sweepback.job.BackOut.OnRollback;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.run.RollBack;
import dev.sweepback.run.SettableChecks;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.UpgradeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two jobs of one upgrade: what is taken back, in which order, and what does not hold it up. */
class UndoBesideCleanupTest extends DaemonScene {

    private static final BackOut BACK_OUT = new BackOut(OnCheckFailure.UNDO_RUN, Duration.ofHours(2), OnRollback.AUTO);

    private final SettableChecks checks = new SettableChecks();
    private Runnable whenAsked = () -> {};
    private Job late = World.job(
            "late",
            Map.of(),
            Job.Start.MANUAL,
            "late",
            World.step("late things", "archive", "resource.group == 'late'", List.of()));

    @BeforeEach
    void two() {
        world.concurrency = 4;
        world.system.with("a", "old").with("l", "late");
        world.gate = world.gate(answering());
        world.job = SettableChecks.checked(world.job, BACK_OUT);
        late = SettableChecks.checked(late, BACK_OUT);
    }

    private Checks answering() {
        return (question, patience) -> {
            whenAsked.run();
            return checks.ask(question, patience);
        };
    }

    @Override
    Loaded files() {
        Loaded one = world.files();
        return new Loaded(
                one.settings(), Map.of(world.job.name(), world.job, late.name(), late), one.policies(), List.of());
    }

    private void both() {
        world.ready();
        serve();
        pass(Duration.ofSeconds(2));
        Enablement.enable(world.journal, late, World.UPGRADE, World.SOMEBODY);
        pass(Duration.ofSeconds(2));
        assertThat(world.system.sent()).containsExactly("archive a", "archive l");
    }

    private void rollBack() {
        world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
    }

    @Test
    void theNewestRunIsPutBackFirstAndWhereItFailsItHoldsUpNoOther() {
        both();
        world.system.refuse("l", Kind.UNREACHABLE);
        rollBack();

        pass(Duration.ofSeconds(10));

        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(world.system.status("l")).isEqualTo("archived");
        assertThat(world.upgrade().state()).isEqualTo(UpgradeState.ROLLING_BACK);

        world.system.readable("l");
        pass(Duration.ofMinutes(10));

        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(world.system.status("l")).isEqualTo("live");
        assertThat(world.upgrade().state()).isEqualTo(UpgradeState.ROLLED_BACK);
    }

    @Test
    void whatAPersonIsAskedForHoldsUpNoOlderRun() {
        both();
        late = SettableChecks.checked(late, new BackOut(OnCheckFailure.STOP, Duration.ZERO, OnRollback.ASK));
        serve();
        rollBack();

        pass(Duration.ofSeconds(10));

        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(world.system.status("l")).isEqualTo("archived");
        RollBack state = world.cleanup().rollBack(World.UPGRADE, files());
        assertThat(RollBacks.asks(state))
                .contains("of job late", "stop serve, then: sweepback upgrade rollback app-2 --wait --yes, then start");
    }

    @Test
    void aRunOfTheUpgradeThatIsUnderWayEndsBeforeItsUpgradeIsPutBack() {
        world.system.with("b", "old");
        world.policy = World.waves(1);
        world.ready();
        List<String> statuses = new ArrayList<>();
        whenAsked = () -> {
            if (statuses.isEmpty() && world.system.sent().contains("archive a")) {
                rollBack();
                time.meanwhile(Task.ROLL_BACK);
                statuses.add(world.system.status("a"));
            }
        };
        serve();
        time.beat();

        assertThat(statuses).containsExactly("archived");

        pass(Duration.ofSeconds(2));

        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(world.upgrade().state()).isEqualTo(UpgradeState.ROLLED_BACK);
    }

    @Test
    void anUndoThatWaitedIsGoneOnWithBesideAnotherRun() {
        world.system.with("m", "late");
        world.policy = World.waves(1);
        world.ready();
        Run run = world.run();
        world.system.refuse("a", Kind.THROTTLED);
        world.system.asksToWait(Duration.ofMinutes(20));
        Run undo = world.undo(run);
        assertThat(undo.state()).isEqualTo(RunState.PAUSED);
        serve();
        pass(Duration.ofMinutes(19));
        List<RunState> seen = new ArrayList<>();
        whenAsked = () -> {
            if (seen.isEmpty() && world.system.sent().contains("archive l")) {
                seen.add(world.reread(undo).state());
                world.pass(Duration.ofMinutes(2));
                time.meanwhile(Task.SETTLE);
                seen.add(world.reread(undo).state());
            }
        };
        Enablement.enable(world.journal, late, World.UPGRADE, World.SOMEBODY);

        time.beat();

        assertThat(world.system.sent()).contains("archive m");
        assertThat(seen).containsExactly(RunState.PAUSED, RunState.SUCCEEDED);
    }

    @Test
    void aWatchThatFailsKeepsNothingFromBeingTakenBack() {
        both();
        checks.sayFirst(SettableChecks.BAD);
        AtomicInteger asked = new AtomicInteger();
        whenAsked = () -> {
            if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("the check is broken");
            }
        };

        pass(Duration.ofMinutes(1));

        assertThat(asked).hasValueGreaterThan(1);
        assertThat(List.of(world.system.status("a"), world.system.status("l")))
                .containsExactlyInAnyOrder("live", "archived");
    }

    @Test
    void afterACrashWhatIsOwedIsTakenBackBeforeAnyCleanupIsGoneOnWith() {
        world.system.with("b", "old");
        world.policy = World.waves(1);
        world.ready();
        checks.sayFirst(SettableChecks.GOOD);
        checks.say(SettableChecks.BAD);
        whenAsked = () -> {
            if (world.system.sent().contains("archive a")) {
                world.system.unreadable("a");
            }
        };
        world.run();
        world.system.readable("a");
        assertThat(world.system.status("a")).isEqualTo("archived");
        world.pass(Duration.ofHours(1));

        serve();

        assertThat(world.system.status("a")).as("before the first beat").isEqualTo("live");
    }

    @Test
    void pausedCleanupIsGoneOnWithByTheBeat() {
        world.system.with("b", "old");
        world.policy = World.waves(1);
        world.ready();
        checks.sayFirst(SettableChecks.GOOD);
        checks.say(SettableChecks.NO_DATA);
        world.run();
        checks.say(SettableChecks.GOOD);

        serve();

        assertThat(states()).containsExactly(RunState.PAUSED);

        time.beat();

        assertThat(states()).containsExactly(RunState.SUCCEEDED);
    }
}
