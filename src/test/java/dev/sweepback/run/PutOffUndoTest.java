package dev.sweepback.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Condition;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.Query;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.plan.Plan;
import dev.sweepback.undo.Only;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An undo that a system takes no requests for, for a while. */
class PutOffUndoTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private Run archived(int count) {
        world.system.with(count, "a", "old");
        world.ready();
        return world.run();
    }

    private void goOn() {
        world.nextProcess().resume(world.files(), Optional.empty(), World.SOMEBODY);
    }

    @Test
    void whatWasRefusedAsOneTooManyIsComeBackTo() {
        Run run = archived(2);
        world.system.refuse("a-00", Kind.THROTTLED);
        world.system.asksToWait(Duration.ofMinutes(20));
        Instant now = world.clock.instant();

        Run paused = world.undo(run);

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.reason().orElseThrow()).startsWith("one operation is put off: ");
        assertThat(ResumeAt.of(paused).orElseThrow().instant()).isEqualTo(now.plus(Duration.ofMinutes(20)));
        assertThat(World.outcomes(paused)).anyMatch(outcome -> outcome.startsWith("a-00 not-done: "));

        goOn();

        assertThat(world.reread(paused).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void whatCannotBeLookedAtForTheLimitIsNotEvenAnnounced() {
        Run run = archived(1);
        world.system.unreadable("a-00", Kind.THROTTLED);

        Run paused = world.undo(run);

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.operations()).isEmpty();

        world.system.readable("a-00");
        goOn();

        assertThat(World.outcomes(world.reread(paused))).containsExactly("a-00 done");
    }

    @Test
    void whatIsLeftInADoubtfulStateIsNotComparedForTheLimitAndComeBackTo() {
        world.system.with("a", "old");
        world.ready();
        world.system.beforeSend(() -> world.system.change("a", "by somebody"));
        world.system.refuse("a", Kind.FORBIDDEN);
        Run run = world.run();
        assertThat(World.outcomes(run)).anyMatch(outcome -> outcome.startsWith("a foreign"));
        world.system.beforeSend(() -> {});
        world.system.change("a", "first");
        world.system.unreadable("a", Kind.THROTTLED);

        Run paused = world.undo(run);

        assertThat(paused.state()).isEqualTo(RunState.PAUSED);

        world.system.readable("a");
        goOn();

        assertThat(World.outcomes(world.reread(paused))).containsExactly("a already: it is as it was before");
    }

    @Test
    void theRestOfTheConnectionWaitsAsWell() {
        world.system.with(3, "a", "old");
        world.job = World.job(
                World.step("first", "archive", "resource.id != 'a-02'", List.of()),
                World.step("second", "disable", "resource.id == 'a-02'", List.of()));
        world.ready();
        Run run = world.run();
        world.system.refuse("a-02", Kind.THROTTLED);

        Run paused = world.undo(run);

        assertThat(world.system.sent()).hasSize(4).last().isEqualTo("undo disable a-02");
        assertThat(paused.reason().orElseThrow()).startsWith("3 operations are put off: ");
    }

    /** The undo of the older one would find its resource gone, and leave it alone for ever. */
    @Test
    void whatIsOlderOnAResourceIsPutBackAfterWhatIsNewer() {
        Run run = removedAfterQuarantine();
        world.system.refuse("a", Kind.THROTTLED);

        Run paused = world.undo(run);

        assertThat(paused.state()).as(World.outcomes(paused).toString()).isEqualTo(RunState.PAUSED);

        goOn();

        assertThat(world.reread(paused).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.status("a-again-1")).isEqualTo("live");
    }

    private Run removedAfterQuarantine() {
        world.job = World.job(World.step(
                "old things",
                "disable",
                "resource.group == 'old'",
                List.of(),
                Optional.of(new Step.Quarantine(Duration.ofDays(7), Optional.of("remove"))),
                Handover.LOCAL));
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        world.pass(Duration.ofDays(8));
        world.cleanup()
                .due(world.files(), Optional.empty())
                .forEach(due -> world.cleanup().run(due, World.SOMEBODY));
        return run;
    }

    @Test
    void otherConnectionsArePutBackMeanwhile() {
        FakeSystem second = new FakeSystem(world.clock, "second", "gadget").with("b", "old");
        world.system.with("a", "old");
        Step gadgets = new Step(
                "gadgets",
                List.of(),
                "second",
                "gadget",
                Optional.of(Condition.compile(
                        "resource.group == 'old'", second.descriptor().fields())),
                "archive",
                Optional.empty(),
                Instructions.NONE);
        world.job = World.job(gadgets, World.step("things", "archive"));
        world.ready();
        try (Engine engine = onBoth(second)) {
            Cleanup cleanup = new Cleanup(world.journal, engine, world.clock);
            Run run = World.ran(cleanup.run(world.terms(), World.SOMEBODY));
            world.system.refuse("a", Kind.THROTTLED);

            Run paused = World.ran(cleanup.undo(run, Only.ALL, World.SOMEBODY));

            assertThat(paused.state()).isEqualTo(RunState.PAUSED);
            assertThat(World.outcomes(paused)).contains("b done");

            cleanup.resume(world.files(), Optional.empty(), World.SOMEBODY);

            assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
        }
    }

    private Engine onBoth(FakeSystem second) {
        Settings one = world.settings();
        Connection other = new Connection(
                "second",
                "fake",
                "production",
                URI.create("https://second.example.com"),
                Map.of(),
                Map.of(),
                1,
                Connection.Timeouts.DEFAULT);
        Settings both = new Settings(
                one.environment(),
                Map.of(
                        other.name(),
                        other,
                        FakeSystem.CONNECTION,
                        one.connection(FakeSystem.CONNECTION).orElseThrow()),
                one.store(),
                one.server(),
                one.clockSkew(),
                one.source());
        return new Engine(
                world.journal,
                new Catalog(List.of(world.system, second)),
                both,
                world.gate,
                world.clock,
                world.clock,
                world.stop);
    }

    @Test
    void whatWasSentAndCannotBeLookedAtForTheLimitKeepsTheUndoFromEnding() {
        Run run = archived(2);
        world.system.beforeSend(() -> world.system.unreadable("a-01", Kind.THROTTLED));
        Run paused = world.undo(run);
        assertThat(paused.state()).isEqualTo(RunState.PAUSED);
        assertThat(paused.open()).hasSize(1);
        world.system.beforeSend(() -> {});

        world.nextProcess().settle(World.SOMEBODY);
        goOn();

        assertThat(world.reread(paused).state()).as("still not seen").isEqualTo(RunState.PAUSED);

        world.system.readable("a-01");
        world.nextProcess().settle(World.SOMEBODY);
        goOn();

        assertThat(world.reread(paused).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.reread(run).state()).isEqualTo(RunState.UNDONE);
    }

    @Test
    void whatIsSeenToBeDoneAfterItsDeadlineIsNotPutOffAnyMore() {
        Run run = archived(1);
        world.system.beforeSend(() -> world.system.unreadable("a-00", Kind.UNREACHABLE));
        world.system.answerLost("a-00", Kind.THROTTLED, Duration.ZERO);
        try (Engine engine = new Engine(
                world.journal,
                new Catalog(List.of(world.system)),
                world.settings(),
                world.gate,
                world.clock,
                until -> {
                    world.system.readable("a-00");
                    world.clock.until(until);
                },
                world.stop)) {
            Cleanup cleanup = new Cleanup(world.journal, engine, world.clock);

            Run undo = World.ran(cleanup.undo(run, Only.ALL, World.SOMEBODY));

            assertThat(undo.state()).isEqualTo(RunState.SUCCEEDED);
        }
    }

    /** The daemon would go on with it at each beat, and pause it again. */
    @Test
    void noRunIsPausedUntilATimeThatHasPassed() {
        Run run = archived(2);
        world.system.beforeSend(() -> world.system.unreadable("a-01", Kind.THROTTLED));
        Run paused = world.undo(run);
        world.system.beforeSend(() -> {});
        world.pass(Duration.ofHours(2));

        goOn();

        Run again = world.reread(paused);
        assertThat(again.state()).isEqualTo(RunState.PAUSED);
        assertThat(ResumeAt.of(again).orElseThrow().instant()).isAfter(world.clock.instant());
    }

    /** While it is not seen what became of the newer one, the older one can only wait too. */
    @Test
    void whatIsOlderOnAResourceWaitsUntilWhatIsNewerIsSeen() {
        Run run = removedAfterQuarantine();
        world.system.beforeSend(() -> world.system.unreadable("a-again-1", Kind.THROTTLED));
        Run paused = world.undo(run);
        world.system.beforeSend(() -> {});

        world.nextProcess().settle(World.SOMEBODY);
        goOn();
        world.system.readable("a-again-1");
        world.nextProcess().settle(World.SOMEBODY);
        goOn();

        assertThat(World.outcomes(world.reread(paused))).containsExactly("a done", "a-again-1 done");
        assertThat(world.system.status("a-again-1")).isEqualTo("live");
    }

    @Test
    void noSecondUndoIsBegunForWhatWaits() {
        Run run = archived(2);
        world.system.unreadable("a-01", Kind.THROTTLED);
        world.undo(run, "name=a-01");

        Plan plan = world.cleanup().planUndo(world.reread(run), Only.ALL);

        assertThat(plan.operations())
                .extracting(operation -> operation.ref().id())
                .containsExactly("a-00");
    }

    @Test
    void anUndoThatATripwireBeganIsGoneOnWithAndNotBegunAnew() {
        world.system.tellingUse().with("a", "old");
        world.system.used("a", new Use.NeverSince(world.clock.instant().minus(Duration.ofDays(100))));
        world.job = TripwireScene.holding(Duration.ofDays(7), Optional.of("remove"));
        world.ready();
        world.run();
        world.pass(Duration.ofHours(1));
        world.system.used("a", new Use.At(world.clock.instant()));
        world.system.refuse("a", Kind.THROTTLED);
        Cleanup cleanup = world.cleanup();
        List<Run> undos = cleanup.putBack(cleanup.look(Optional.empty()), TripwireScene.DAEMON);
        assertThat(undos).extracting(Run::state).containsExactly(RunState.PAUSED);

        world.pass(Duration.ofHours(2));
        List<Run> more = cleanup.putBack(cleanup.look(Optional.empty()), TripwireScene.DAEMON);
        goOn();

        assertThat(more).isEmpty();
        assertThat(world.reread(undos.get(0)).state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    @Test
    void whoIsAskedToStopMeanwhileDoesNotForgetUntilWhenToWait() {
        world.job = World.job(
                World.step("first", "archive", "resource.id == 'a-00'", List.of()),
                World.step("second", "disable", "resource.id == 'a-01'", List.of()));
        Run run = archived(2);
        world.system.refuse("a-01", Kind.THROTTLED);
        world.system.asksToWait(Duration.ofMinutes(20));
        world.system.beforeSend(world.stop::raise);

        Run paused = world.undo(run);

        assertThat(paused.reason()).contains("asked to stop");
        assertThat(ResumeAt.of(paused)).isPresent();
        assertThat(world.journal.read(Query.of(EntryType.RUN_PAUSED))).hasSize(1);
    }
}
