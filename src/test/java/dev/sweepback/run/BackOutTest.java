package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.job.BackOut;
import dev.sweepback.job.BackOut.OnCheckFailure;
import dev.sweepback.job.BackOut.OnRollback;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A check that fails between waves, and what is taken back then. Six things in three waves of two. */
class BackOutTest {

    private final World world = new World();
    private final SettableChecks checks = new SettableChecks();
    private boolean survives = true;

    @BeforeEach
    void six() {
        List.of("a", "b", "c", "d", "e", "f").forEach(id -> world.system.with(id, "old"));
        world.policy = World.waves(2);
        world.gate = world.gate(checks);
        backOut(OnCheckFailure.UNDO_WAVE);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private void backOut(OnCheckFailure what) {
        world.job = SettableChecks.checked(world.job, new BackOut(what, Duration.ZERO, OnRollback.AUTO));
    }

    private List<String> live() {
        return List.of("a", "b", "c", "d", "e", "f").stream()
                .filter(id -> world.system.status(id).equals("live"))
                .toList();
    }

    private Run cleanup() {
        return Runs.all(world.journal).get(0);
    }

    private Optional<Run> undo() {
        return Runs.all(world.journal).stream()
                .filter(run -> run.undoOf().isPresent())
                .findFirst();
    }

    /** Good before the first and the second wave, then as said. */
    private RunAnswer runWithBadNewsAfterTheSecondWave() {
        world.ready();
        checks.sayFirst(SettableChecks.GOOD, SettableChecks.GOOD);
        checks.say(SettableChecks.BAD);
        return world.answer();
    }

    @Test
    void theLastWaveIsTakenBackWhenACheckFailsAfterIt() {
        runWithBadNewsAfterTheSecondWave();

        assertThat(live()).containsExactly("c", "d", "e", "f");
        assertThat(cleanup().state()).isEqualTo(RunState.STOPPED);
        assertThat(cleanup().reason()).contains("a check failed: hybrid mode is on: /dten.hybrid.enable is false");
        assertThat(undo()).hasValueSatisfying(run -> {
            assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
            assertThat(run.undoOf()).contains(cleanup().id());
            assertThat(RunJson.cause(run))
                    .hasValueSatisfying(cause -> assertThat(cause).contains("/dten.hybrid.enable is false"));
        });
    }

    @Test
    void theWholeRunIsTakenBackWhereTheJobSaysSo() {
        backOut(OnCheckFailure.UNDO_RUN);

        runWithBadNewsAfterTheSecondWave();

        assertThat(live()).hasSize(6);
        assertThat(cleanup().state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void nothingIsTakenBackWhereTheJobOnlyStops() {
        backOut(OnCheckFailure.STOP);

        runWithBadNewsAfterTheSecondWave();

        assertThat(live()).containsExactly("e", "f");
        assertThat(cleanup().state()).isEqualTo(RunState.STOPPED);
        assertThat(undo()).isEmpty();
    }

    @Test
    void aCheckThatCannotTellPausesTheRunAndTakesNothingBack() {
        world.ready();
        checks.sayFirst(SettableChecks.GOOD, SettableChecks.GOOD);
        checks.say(SettableChecks.NO_DATA);

        world.answer();

        assertThat(cleanup().state()).isEqualTo(RunState.PAUSED);
        assertThat(live()).containsExactly("e", "f");
        assertThat(undo()).isEmpty();
    }

    @Test
    void aPausedRunWhoseCheckTurnsOutBadIsBackedOutInsteadOfGoneOnWith() {
        world.ready();
        checks.sayFirst(SettableChecks.GOOD, SettableChecks.GOOD, SettableChecks.NO_DATA);
        world.answer();
        checks.say(SettableChecks.BAD);

        world.cleanup().resume(world.files(), Optional.empty(), World.SOMEBODY);

        assertThat(live()).containsExactly("c", "d", "e", "f");
        assertThat(cleanup().state()).isEqualTo(RunState.STOPPED);
    }

    @Test
    void aCheckThatFailsBeforeAnythingWasBegunLeavesTheGateShut() {
        world.ready();
        checks.say(SettableChecks.BAD);

        assertThat(world.answer()).isInstanceOf(RunAnswer.GateClosed.class);

        assertThat(Runs.all(world.journal)).isEmpty();
        assertThat(live()).hasSize(6);
    }

    @Test
    void theChecksAreAskedOnceBeforeEachWaveAndTheirAnswersAreKept() {
        world.ready();

        world.answer();

        assertThat(checks.asked()).isEqualTo(3);
        List<Entry> waves = world.journal.read(Query.of(EntryType.RUN_WAVE));
        assertThat(waves).hasSize(3).allSatisfy(wave -> {
            assertThat(wave.dataNode("operations")).hasSize(2);
            assertThat(wave.dataNode("gate").toString()).contains("\"evidence\":\"true\"");
        });
    }

    @Test
    void whatTheRecordTellsWhileTheChecksAreAskedCounts() {
        world.ready();
        checks.meanwhile(
                2, () -> world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY));

        world.answer();

        assertThat(cleanup().state()).isEqualTo(RunState.PAUSED);
        assertThat(live()).containsExactly("c", "d", "e", "f");
    }

    @Test
    void whatSomebodyTookBackByHandIsOwedNoLonger() {
        runWithBadNewsAfterTheSecondWave();
        Run owed = cleanup();
        world.undo(owed);

        assertThat(BackingOut.due(world.journal, world.clock.instant().plus(Duration.ofDays(1))))
                .isEmpty();
    }

    @Test
    void aDebtThatFailedAndWasPaidByHandIsNotTriedAgain() {
        world.ready();
        checks.sayFirst(SettableChecks.GOOD, SettableChecks.GOOD);
        checks.say(SettableChecks.BAD);
        checks.meanwhile(3, () -> world.system.unreadable("c"));
        world.answer();
        world.pass(Duration.ofHours(1));
        assertThat(BackingOut.due(world.journal, world.clock.instant())).hasSize(1);
        world.system.readable("c");
        world.undo(cleanup());

        assertThat(BackingOut.due(world.journal, world.clock.instant())).isEmpty();
    }

    /** A world whose journal breaks when an undo is to be planned, unless it survives. */
    private World doomed() {
        return new World(journal -> new RunnerTest.BrokenJournal(journal) {
            @Override
            public List<Entry> append(List<Draft> drafts) {
                boolean undoIsPlanned = drafts.stream()
                        .anyMatch(draft -> draft.type() == EntryType.PLAN_MADE
                                && draft.fields().toString().contains("\"purpose\":\"undo\""));
                if (undoIsPlanned && !survives) {
                    throw new JournalException("died");
                }
                return super.append(drafts);
            }
        });
    }

    @Test
    void whatACrashLeftToBeTakenBackIsTakenBackOnceByTheNextProcess() {
        World crashed = doomed();
        List.of("a", "b", "c", "d").forEach(id -> crashed.system.with(id, "old"));
        crashed.policy = World.waves(2);
        crashed.gate = crashed.gate(checks);
        crashed.job = SettableChecks.checked(
                crashed.job, new BackOut(OnCheckFailure.UNDO_WAVE, Duration.ZERO, OnRollback.AUTO));
        crashed.ready();
        checks.sayFirst(SettableChecks.GOOD);
        checks.say(SettableChecks.BAD);
        survives = false;
        assertThatThrownBy(crashed::answer).isInstanceOf(JournalException.class);
        assertThat(crashed.system.status("a")).isNotEqualTo("live");
        survives = true;

        List<Run> undos = crashed.nextProcess().backOut(World.SOMEBODY);
        List<Run> again = crashed.nextProcess().backOut(World.SOMEBODY);

        assertThat(undos).hasSize(1);
        assertThat(again).isEmpty();
        assertThat(Map.of("a", crashed.system.status("a"), "b", crashed.system.status("b")))
                .isEqualTo(Map.of("a", "live", "b", "live"));
        crashed.close();
    }
}
