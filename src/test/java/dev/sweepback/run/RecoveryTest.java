package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.State;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    /** A run whose one request was lost and whose look failed, too. */
    private Run unsettled() {
        world.system.with("a", "old");
        world.system.answerLost("a", Kind.TIMEOUT, Duration.ofSeconds(1));
        world.ready();
        world.system.beforeSend(() -> world.system.unreadable("a"));
        Run run = world.run();
        world.system.beforeSend(() -> {});
        return run;
    }

    @Test
    void whatCannotBeLookedAtStaysUnsettledAndIsSettledOnceItCan() {
        Run run = unsettled();

        assertThat(run.state()).isEqualTo(RunState.UNSETTLED);
        assertThat(world.journal.read(Query.of(EntryType.OPERATION_UNSETTLED)))
                .singleElement()
                .matches(entry -> entry.reason().orElseThrow().contains("cannot be read"));
        assertThat(world.cleanup().settle(World.SOMEBODY)).isEqualTo(new Recovery.Settled(1, 1));

        world.system.readable("a");

        assertThat(world.cleanup().settle(World.SOMEBODY)).isEqualTo(new Recovery.Settled(1, 0));
        assertThat(World.outcomes(world.reread(run))).containsExactly("a done");
        assertThat(world.system.sent()).hasSize(1);
    }

    @Test
    void nothingIsDoneToWhatIsUnsettled() {
        world.system.with("a", "old");
        world.system.refuse("a", Kind.TIMEOUT);
        world.ready();
        world.system.beforeSend(() -> world.system.unreadable("a"));
        Run run = world.run();
        world.system.beforeSend(() -> {});
        world.system.readable("a");

        Run next = world.run();

        assertThat(World.outcomes(next))
                .singleElement()
                .asString()
                .contains("a failed: ")
                .contains("not settled");
        assertThat(world.system.sent()).hasSize(1);
        assertThat(world.reread(run).open()).hasSize(1);
    }

    @Test
    void aRunWithSomethingUnsettledIsNotCalledUndone() {
        world.system.with("b", "old");
        Run run = unsettled();

        world.undo(run);

        assertThat(world.reread(run).state()).isEqualTo(RunState.UNSETTLED);
        world.system.readable("a");
        world.cleanup().settle(World.SOMEBODY);
        assertThat(world.reread(run).state()).isNotEqualTo(RunState.UNDONE);
        world.undo(run);
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        assertThat(world.system.status("a")).isEqualTo("live");
        assertThat(world.system.status("b")).isEqualTo("live");
    }

    @Test
    void aLostSnapshotDoesNotKeepTheOthersFromBeingSettled() {
        AtomicBoolean broken = new AtomicBoolean();
        world = new World(journal -> new RunnerTest.BrokenJournal(journal) {
            @Override
            public State snapshot(String reference) {
                if (broken.get() && reference.equals("snapshot:1")) {
                    throw new JournalException("snapshot 1 is missing");
                }
                return super.snapshot(reference);
            }
        });
        world.system.batchesOf(2);
        world.system.with(2, "a", "old");
        world.system.answerLost("a-00", Kind.TIMEOUT, Duration.ofSeconds(1));
        world.system.answerLost("a-01", Kind.TIMEOUT, Duration.ofSeconds(1));
        world.ready();
        world.system.beforeSend(() -> {
            world.system.unreadable("a-00");
            world.system.unreadable("a-01");
        });
        Run run = world.run();
        world.system.readable("a-00");
        world.system.readable("a-01");
        broken.set(true);

        Recovery.Settled settled = world.cleanup().settle(World.SOMEBODY);

        assertThat(settled).isEqualTo(new Recovery.Settled(2, 1));
        assertThat(World.outcomes(world.reread(run))).containsExactly("a-00 open", "a-01 done");
    }

    @Test
    void aLostSnapshotDoesNotKeepTheOthersFromBeingPutBack() {
        AtomicBoolean broken = new AtomicBoolean();
        world = new World(journal -> new RunnerTest.BrokenJournal(journal) {
            @Override
            public State snapshot(String reference) {
                if (broken.get() && reference.equals("snapshot:1")) {
                    throw new JournalException("snapshot 1 is missing");
                }
                return super.snapshot(reference);
            }
        });
        world.system.with(2, "a", "old");
        world.ready();
        Run run = world.run();
        broken.set(true);

        Run undo = world.undo(run);

        assertThat(World.outcomes(undo)).hasSize(2).anyMatch(line -> line.startsWith("a-01 done"));
        assertThat(world.system.status("a-01")).isEqualTo("live");
        assertThat(undo.state()).isEqualTo(RunState.PARTIAL);
    }

    @Test
    void whatNeverHappenedIsDoneWhenTheRunIsGoneOnWith() {
        world.system.with("a", "old");
        world.ready();
        world.system.beforeSend(() -> {
            throw new IllegalStateException("the process dies");
        });
        assertThat(catchThrowable(world::run)).isNotNull();
        world.system.beforeSend(() -> {});

        assertThat(world.nextProcess().settle(World.SOMEBODY)).isEqualTo(new Recovery.Settled(1, 0));
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        Run run = Runs.all(world.journal).get(0);
        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.sent()).containsExactly("archive a");
    }

    /** A run whose process died when it was about to send. */
    private void killed() {
        world.system.with("a", "old");
        world.ready();
        world.system.beforeSend(() -> {
            throw new IllegalStateException("the process dies");
        });
        assertThat(catchThrowable(world::run)).isNotNull();
        world.system.beforeSend(() -> {});
    }

    private Recovery recovery(Clock clock, Pause pause, StopSignal stop) {
        return new Recovery(
                world.journal, new Systems(new Catalog(List.of(world.system)), world.settings()), clock, pause, stop);
    }

    @Test
    void aClockThatWasSetBackProlongsNoWait() {
        Instant right = world.clock.instant();
        world.pass(Duration.ofDays(30));
        killed();
        WorldClock set = new WorldClock();
        set.until(right);

        assertThat(recovery(set, set, new StopSignal()).settleAll(World.SOMEBODY))
                .isEqualTo(new Recovery.Settled(1, 0));

        assertThat(Duration.between(right, set.instant())).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void recoveryThatIsAskedToStopLeavesTheRestOpen() {
        killed();
        StopSignal stop = new StopSignal();

        assertThat(recovery(world.clock, instant -> stop.raise(), stop).settleAll(World.SOMEBODY))
                .isEqualTo(new Recovery.Settled(1, 1));

        assertThat(world.journal.read(Query.of(EntryType.OPERATION_UNSETTLED, EntryType.OPERATION_OUTCOME)))
                .isEmpty();
        assertThat(world.nextProcess().settle(World.SOMEBODY)).isEqualTo(new Recovery.Settled(1, 0));
    }

    @Test
    void whatSomebodyElseChangedMeanwhileIsSaidToBeForeign() {
        world.system.with("a", "old");
        world.ready();
        world.system.beforeSend(() -> {
            world.system.change("a", "second");
            throw new IllegalStateException("the process dies");
        });
        assertThat(catchThrowable(world::run)).isNotNull();
        world.system.beforeSend(() -> {});

        world.nextProcess().settle(World.SOMEBODY);
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);

        Run run = Runs.all(world.journal).get(0);
        assertThat(World.outcomes(run)).containsExactly("a foreign: found in a state that is not of our making");
        assertThat(run.state()).isEqualTo(RunState.FAILED);
        assertThat(world.system.sent()).isEmpty();
    }
}
