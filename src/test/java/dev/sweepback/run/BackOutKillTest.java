package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.OperationId;
import dev.sweepback.gate.Checks;
import dev.sweepback.gate.GateState;
import dev.sweepback.job.BackOut;
import dev.sweepback.job.BackOut.OnCheckFailure;
import dev.sweepback.job.BackOut.OnRollback;
import dev.sweepback.job.Step;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Outcome;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.UpgradeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * A process dies right before or after each of its commits, around the ends of waves, in backing out, in watching, in rolling back
 * and in removing what is due. The next one finishes it: never twice, never half.
 */
class BackOutKillTest {

    private static final List<String> ALL = List.of("a", "b", "c", "d", "e", "f");

    /** What a process does, what the next one does, and how it must end. */
    private record Story(
            OnCheckFailure onFailure,
            Duration watch,
            Consumer<Scene> before,
            Consumer<Scene> act,
            Consumer<Scene> next,
            Consumer<Scene> end) {}

    /** Six things in waves of two, and a check that is good as long as something holds. */
    private static final class Scene implements AutoCloseable {
        private final List<DoomedJournal> journals = new ArrayList<>();
        private final World world = new World(journal -> {
            journals.add(new DoomedJournal(journal));
            return journals.get(0);
        });
        private BooleanSupplier good = () -> true;

        Scene(Story story) {
            ALL.forEach(id -> world.system.with(id, "old"));
            world.policy = World.waves(2);
            Checks checks = (question, patience) -> List.of(new GateState.Answer(
                    SettableChecks.NAME, good.getAsBoolean() ? SettableChecks.GOOD : SettableChecks.BAD));
            world.gate = world.gate(checks);
            world.job = SettableChecks.checked(
                    World.job(World.step(
                            "old things",
                            "disable",
                            "resource.group == 'old'",
                            List.of(),
                            Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.of("remove"))),
                            Handover.LOCAL)),
                    new BackOut(story.onFailure(), story.watch(), OnRollback.AUTO));
            world.ready();
            story.before().accept(this);
        }

        DoomedJournal journal() {
            return journals.get(0);
        }

        boolean live(String id) {
            return world.system.ids().contains(id) && world.system.status(id).equals("live");
        }

        List<String> live() {
            return ALL.stream().filter(this::live).toList();
        }

        /** As {@code run} does: goes on with what was begun, or begins. */
        void run() {
            Cleanup cleanup = world.nextProcess();
            cleanup.settle(World.SOMEBODY);
            cleanup.backOut(World.SOMEBODY);
            cleanup.resume(world.files(), Optional.empty(), World.SOMEBODY);
            if (Runs.all(world.journal).isEmpty()) {
                cleanup.run(world.terms(), World.SOMEBODY);
            }
        }

        void watch() {
            Cleanup cleanup = world.nextProcess();
            cleanup.settle(World.SOMEBODY);
            cleanup.watch(world.files(), World.SOMEBODY);
            cleanup.backOut(World.SOMEBODY);
            cleanup.resume(world.files(), Optional.empty(), World.SOMEBODY);
        }

        void rollBack() {
            if (world.upgrade().state() == UpgradeState.SUCCEEDED) {
                world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
            }
            Cleanup cleanup = world.nextProcess();
            cleanup.settle(World.SOMEBODY);
            cleanup.resumeUndos(World.UPGRADE, World.SOMEBODY);
            cleanup.rollBack(World.UPGRADE, world.files())
                    .due(world.clock.instant())
                    .forEach(part -> cleanup.rollBack(World.UPGRADE, part, World.SOMEBODY));
            cleanup.rolledBack(cleanup.rollBack(World.UPGRADE, world.files()), World.SOMEBODY);
        }

        void due() {
            Cleanup cleanup = world.nextProcess();
            cleanup.settle(World.SOMEBODY);
            cleanup.backOut(World.SOMEBODY);
            cleanup.resume(world.files(), Optional.empty(), World.SOMEBODY);
            cleanup.due(world.files(), Optional.empty()).forEach(due -> cleanup.run(due, World.SOMEBODY));
        }

        @Override
        public void close() {
            world.close();
        }
    }

    private static void everywhere(Story story) {
        int commits;
        try (Scene scene = new Scene(story)) {
            scene.journal().arm(-1, false);
            story.act().accept(scene);
            commits = scene.journal().commits();
            story.end().accept(scene);
        }
        assertThat(commits).isGreaterThan(8);
        for (int commit = 0; commit < commits; commit++) {
            for (boolean after : List.of(false, true)) {
                dieAndGoOn(story, commit, after);
            }
        }
    }

    private static void dieAndGoOn(Story story, int commit, boolean after) {
        try (Scene scene = new Scene(story)) {
            scene.journal().arm(commit, after);
            try {
                story.act().accept(scene);
            } catch (RuntimeException | Error end) {
                if (!scene.journal().isDead()) {
                    throw end;
                }
            }
            scene.journal().revive();
            story.next().accept(scene);
            try {
                story.end().accept(scene);
                nothingTwiceAndNothingOpen(scene);
            } catch (AssertionError e) {
                throw new AssertionError("killed " + (after ? "after" : "before") + " commit " + commit, e);
            }
        }
    }

    private static void nothingTwiceAndNothingOpen(Scene scene) {
        assertThat(Run.withOpen(scene.world.journal)).isEmpty();
        Map<String, Integer> done = new HashMap<>();
        for (Entry entry : scene.world.journal.read(Query.of(EntryType.OPERATION_OUTCOME))) {
            if (entry.outcome().filter(Outcome.DONE::equals).isPresent()) {
                done.merge(
                        entry.resource().orElseThrow() + " " + entry.action().orElse("") + " "
                                + entry.data("direction").orElse(""),
                        1,
                        Integer::sum);
            }
        }
        assertThat(done).allSatisfy((what, times) -> assertThat(times).as(what).isEqualTo(1));
        assertThat(scene.world.journal.verify().ok()).isTrue();
    }

    private static Run cleanup(Scene scene) {
        return Runs.all(scene.world.journal).get(0);
    }

    /** What the last wave had, and what was never begun: in the order of the plan. */
    private static List<String> sinceLastWave(Scene scene) {
        List<Entry> waves = scene.world.journal.read(Query.of(EntryType.RUN_WAVE));
        String first = waves.get(waves.size() - 1).dataNode("operations").get(0).asString();
        String id = cleanup(scene)
                .operation(new OperationId(first))
                .orElseThrow()
                .ref()
                .id();
        return ALL.subList(ALL.indexOf(id), ALL.size());
    }

    @Test
    void aWaveThatTurnedOutBadIsTakenBackWhereverTheProcessDies() {
        everywhere(new Story(
                OnCheckFailure.UNDO_WAVE,
                Duration.ZERO,
                scene -> scene.good = () -> scene.live("d"),
                Scene::run,
                Scene::run,
                scene -> {
                    // Where a wave was broken off, what was left of it began the next one.
                    assertThat(scene.live()).isEqualTo(sinceLastWave(scene)).contains("d");
                    assertThat(cleanup(scene).state()).isEqualTo(RunState.STOPPED);
                }));
    }

    @Test
    void aRunThatTurnedOutBadIsTakenBackWhereverTheProcessDies() {
        everywhere(new Story(
                OnCheckFailure.UNDO_RUN,
                Duration.ZERO,
                scene -> scene.good = () -> scene.live("d"),
                Scene::run,
                Scene::run,
                scene -> {
                    assertThat(scene.live()).isEqualTo(ALL);
                    assertThat(cleanup(scene).state()).isEqualTo(RunState.UNDONE);
                }));
    }

    @Test
    void aRunThatTurnsBadWhileItIsWatchedIsTakenBackWhereverTheProcessDies() {
        everywhere(new Story(
                OnCheckFailure.UNDO_RUN,
                Duration.ofHours(2),
                scene -> {
                    scene.world.run();
                    scene.good = () -> false;
                },
                Scene::watch,
                Scene::watch,
                scene -> {
                    assertThat(scene.live()).isEqualTo(ALL);
                    assertThat(scene.world.journal.read(Query.of(EntryType.RUN_WATCHED)))
                            .hasSize(1);
                }));
    }

    @Test
    void aRollBackComesToItsEndOnceWhereverTheProcessDies() {
        everywhere(new Story(
                OnCheckFailure.STOP,
                Duration.ZERO,
                scene -> scene.world.run(),
                Scene::rollBack,
                Scene::rollBack,
                scene -> {
                    assertThat(scene.live()).isEqualTo(ALL);
                    assertThat(scene.world.upgrade().state()).isEqualTo(UpgradeState.ROLLED_BACK);
                    assertThat(scene.world.journal.read(Query.of(EntryType.UPGRADE_ROLLED_BACK)))
                            .hasSize(1);
                }));
    }

    @Test
    void whatIsDueIsRemovedOnceWhereverTheProcessDies() {
        everywhere(new Story(
                OnCheckFailure.STOP,
                Duration.ZERO,
                scene -> {
                    scene.world.run();
                    scene.world.pass(Duration.ofDays(8));
                },
                Scene::due,
                Scene::due,
                scene -> assertThat(scene.world.system.ids()).isEmpty()));
    }
}
