package dev.sweepback.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Job;
import dev.sweepback.journal.Run;
import dev.sweepback.journal.RunState;
import dev.sweepback.journal.Runs;
import dev.sweepback.journal.UpgradeId;
import dev.sweepback.plan.Keeps;
import dev.sweepback.plan.Plan;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.RunJson;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class GateTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private GateState ask() {
        return Gate.standard(Checks.NONE, world.watch)
                .ask(new Question(
                        world.job,
                        world.policy,
                        world.upgrade(),
                        Purpose.CLEANUP,
                        world.journal,
                        world.clock.instant()));
    }

    private List<String> closed() {
        return ask().answers().stream()
                .filter(answer -> !(answer.verdict() instanceof Verdict.Open))
                .map(GateState.Answer::condition)
                .toList();
    }

    /** A condition that always says the same. */
    private record Says(String name, Verdict verdict) implements GateCondition {
        @Override
        public Verdict ask(Question question) {
            return verdict;
        }
    }

    @Test
    void whatCannotTellLetsNothingHappen() {
        Says open = new Says("open", new Verdict.Open("it is"));
        Says unknown = new Says("metrics", new Verdict.Unknown("they could not be read", Optional.empty()));
        world.gate = new Gate(List.of(open, unknown), Checks.NONE);
        world.system.with("a", "old");
        world.ready();

        RunAnswer answer = world.answer();

        assertThat(answer)
                .isInstanceOfSatisfying(
                        RunAnswer.GateClosed.class,
                        shut -> assertThat(shut.gate().reasons()).isEqualTo("metrics: they could not be read"));
        assertThat(world.system.sent()).isEmpty();
        assertThat(Runs.all(world.journal)).isEmpty();
    }

    @Test
    void theWordIsUnknownOnlyWhereNothingIsClosed() {
        GateState.Answer open = new GateState.Answer("a", new Verdict.Open("it is"));
        GateState.Answer unknown = new GateState.Answer("b", new Verdict.Unknown("who knows", Optional.empty()));
        GateState.Answer closed = new GateState.Answer("c", new Verdict.Closed("not yet", Optional.empty()));

        assertThat(new GateState(List.of(open, unknown), List.of()).word()).isEqualTo("unknown");
        assertThat(new GateState(List.of(open, unknown), List.of()).isOpen()).isFalse();
        assertThat(new GateState(List.of(open, unknown, closed), List.of()).word())
                .isEqualTo("closed");
        assertThat(new GateState(List.of(open), List.of()).word()).isEqualTo("open");
    }

    /** Every way an upgrade can go, with or without enough time, enabling, a pause and an earlier run. */
    static Stream<Arguments> everything() {
        List<List<Move>> ways = List.of(
                List.of(),
                List.of(Move.START),
                List.of(Move.START, Move.COMPLETE),
                List.of(Move.START, Move.FAIL),
                List.of(Move.FAIL),
                List.of(Move.START, Move.ROLL_BACK),
                List.of(Move.START, Move.COMPLETE, Move.ROLL_BACK),
                List.of(Move.START, Move.FAIL, Move.ROLL_BACK));
        List<Duration> waits = List.of(Duration.ZERO, Duration.ofMinutes(80), Duration.ofHours(4));
        List<Arguments> all = new ArrayList<>();
        for (List<Move> way : ways) {
            for (Duration wait : waits) {
                for (int flags = 0; flags < 8; flags++) {
                    all.add(Arguments.of(way, wait, (flags & 1) > 0, (flags & 2) > 0, (flags & 4) > 0));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0}, then {1}, enabled {2}, paused {3}, done {4}")
    @MethodSource("everything")
    void aJobActsOnlyWhenEverythingIsOpen(
            List<Move> way, Duration wait, boolean enabled, boolean paused, boolean done) {
        world.system.with("a", "old");
        world.schedule(World.UPGRADE, "production");
        way.forEach(move -> {
            world.pass(Duration.ofMinutes(5));
            world.upgrades().move(World.UPGRADE, move, Optional.empty(), World.SOMEBODY);
        });
        if (enabled) {
            world.enable();
        }
        if (paused) {
            Enablement.pause(world.journal, Optional.of(world.job.name()), World.SOMEBODY);
        }
        world.pass(wait);
        boolean succeeded = way.equals(List.of(Move.START, Move.COMPLETE));
        // window of an hour, buffer of half an hour, soak of an hour
        boolean soaked = wait.equals(Duration.ofHours(4));
        boolean open = succeeded && soaked && enabled && !paused;
        if (done && open) {
            world.run();
        }
        int before = world.system.sent().size();

        RunAnswer answer = world.answer();

        assertThat(answer instanceof RunAnswer.Ran).isEqualTo(open && !done);
        assertThat(world.system.sent()).hasSize(open ? 1 : before);
        assertThat(closed().contains("upgrade succeeded")).isEqualTo(!succeeded);
        assertThat(closed().contains("soak over")).isEqualTo(!way.contains(Move.COMPLETE) || !soaked);
        assertThat(closed().contains("window over")).isEqualTo(passed(way, wait).compareTo(Duration.ofMinutes(90)) < 0);
        assertThat(closed().contains("enabled")).isEqualTo(!enabled);
        assertThat(closed().contains("not paused")).isEqualTo(paused);
    }

    private static Duration passed(List<Move> way, Duration wait) {
        return wait.plusMinutes(5L * way.size());
    }

    @Test
    void theSoakCountsFromTheEndOfTheBufferWhenTheUpgradeWasEarly() {
        world.schedule(World.UPGRADE, "production");
        var over = world.upgrade().window().over();
        world.upgrades().move(World.UPGRADE, Move.START, Optional.empty(), World.SOMEBODY);
        world.upgrades().move(World.UPGRADE, Move.COMPLETE, Optional.empty(), World.SOMEBODY);
        world.enable();

        assertThat(ask().retryAt()).contains(over.plus(Duration.ofHours(1)));
        world.clock.until(over.plus(Duration.ofHours(1)));
        assertThat(ask().isOpen()).isTrue();
    }

    @Test
    void theSoakCountsFromCompletionWhenTheUpgradeWasLate() {
        world.schedule(World.UPGRADE, "production");
        world.upgrades().move(World.UPGRADE, Move.START, Optional.empty(), World.SOMEBODY);
        world.pass(Duration.ofHours(5));
        world.upgrades().move(World.UPGRADE, Move.COMPLETE, Optional.empty(), World.SOMEBODY);
        world.enable();

        assertThat(closed()).containsExactly("soak over");
        world.pass(Duration.ofHours(1));
        assertThat(ask().isOpen()).isTrue();
    }

    @Test
    void anUpgradeOfAnotherEnvironmentOpensNothing() {
        UpgradeId staging = new UpgradeId("app-2-staging");
        world.schedule(staging, "staging");
        world.upgrades().move(staging, Move.START, Optional.empty(), World.SOMEBODY);
        world.upgrades().move(staging, Move.COMPLETE, Optional.empty(), World.SOMEBODY);
        world.pass(Duration.ofDays(1));
        Enablement.enable(world.journal, world.job, staging, World.SOMEBODY);

        GateState state = Gate.standard(Checks.NONE, world.watch)
                .ask(new Question(
                        world.job,
                        world.policy,
                        world.upgrades().get(staging),
                        Purpose.CLEANUP,
                        world.journal,
                        world.clock.instant()));

        assertThat(state.isOpen()).isFalse();
        assertThat(state.reasons()).contains("was of environment staging, the job is for production");
        assertThat(Matching.upgrades(world.job, world.journal)).isEmpty();
    }

    @Test
    void aJobThatStartsByItselfNeedsNoEnabling() {
        world.job = World.job(Job.Start.AUTOMATIC, "automatic", World.step("old things", "archive"));
        world.upgraded();

        assertThat(ask().isOpen()).isTrue();

        Enablement.pause(world.journal, Optional.empty(), World.SOMEBODY);
        assertThat(closed()).containsExactly("not paused");
    }

    @Test
    void aChangedJobFileNeedsEnablingAgain() {
        world.ready();
        world.job = World.job(Job.Start.MANUAL, "changed", World.step("old things", "archive"));

        assertThat(closed()).containsExactly("enabled");
        world.enable();
        assertThat(ask().isOpen()).isTrue();
    }

    @Test
    void aPauseOfAnotherJobDoesNotMatter() {
        world.ready();
        Enablement.pause(world.journal, Optional.of("other"), World.SOMEBODY);

        assertThat(ask().isOpen()).isTrue();
    }

    @Test
    void aJobRunsOncePerUpgradeUntilItIsEnabledAgain() {
        world.system.with("a", "old");
        world.ready();
        Run run = world.run();
        assertThat(closed()).containsExactly("not yet done");

        world.enable();
        assertThat(ask().isOpen()).isTrue();

        world.undo(run);
        assertThat(closed()).containsExactly("not yet done");
        world.enable();
        assertThat(ask().isOpen()).isTrue();
    }

    @Test
    void aJobThatStartsByItselfDoesNotRemoveAgainWhatWasPutBack() {
        world.job = World.job(Job.Start.AUTOMATIC, "automatic", World.step("old things", "archive"));
        world.system.with("a", "old");
        world.upgraded();
        world.undo(world.run());

        assertThat(world.answer()).isInstanceOf(RunAnswer.GateClosed.class);
        assertThat(world.system.status("a")).isEqualTo("live");
    }

    /** The thing is kept until a day from now; the run does nothing and has succeeded. */
    private Instant keptForADay() {
        Instant until = world.clock.instant().plus(Duration.ofDays(1));
        Keeps.keep(world.journal, new ResourceRef("thing", "fake", "a"), until, World.SOMEBODY);
        world.run();
        return until;
    }

    @Test
    void whatWasKeptForATimeIsLookedAtAgainUnderTheSameEnabling() {
        world.system.with("a", "old");
        world.ready();
        Instant until = keptForADay();

        assertThat(closed()).containsExactly("not yet done");
        assertThat(ask().retryAt()).contains(until);
        assertThat(ask().reasons()).contains("1 thing that it kept will be looked at again");

        world.clock.until(until);
        assertThat(ask().isOpen()).isTrue();
        world.run();

        assertThat(world.system.status("a")).isEqualTo("archived");
        assertThat(closed()).containsExactly("not yet done");
        assertThat(ask().retryAt()).as("nothing waits any more").isEmpty();
    }

    @Test
    void whatIsUsedWhileTheRunGoesOnIsLookedAtAgain() {
        world.policy = World.policy(
                world.policy.limits(), 10, 20, List.of(), Duration.ofDays(7), Reversibility.REISSUE, "idle");
        world.system.with("a", "old");
        world.ready();
        var plan = world.plan();
        Instant used = world.clock.instant();
        world.system.used("a", new Use.At(used));

        world.cleanup().run(plan, world.terms(), World.SOMEBODY);

        assertThat(ask().retryAt()).contains(used.plus(Duration.ofDays(7)));
    }

    @Test
    void anUndoNeedsEnablingAgainWhateverWasKeptForATime() {
        world.system.with("a", "old").with("b", "old");
        world.ready();
        Instant until = world.clock.instant().plus(Duration.ofDays(1));
        Keeps.keep(world.journal, new ResourceRef("thing", "fake", "a"), until, World.SOMEBODY);
        world.undo(world.run());

        world.clock.until(until);

        assertThat(closed()).containsExactly("not yet done");
        assertThat(ask().retryAt()).isEmpty();
    }

    @Test
    void aChangedJobFileIsNotLookedAtAgainUnasked() {
        world.system.with("a", "old");
        world.ready();
        Instant until = keptForADay();
        world.clock.until(until);
        world.job = World.job(Job.Start.MANUAL, "changed", World.step("old things", "archive"));

        assertThat(closed()).containsExactly("enabled");
    }

    @Test
    void aRunThatFailedMayBeTriedAgain() {
        world.system.with("a", "old");
        world.ready();
        world.system.refuse("a", dev.sweepback.connector.ConnectorException.Kind.FORBIDDEN);
        world.run();

        assertThat(ask().isOpen()).isTrue();
    }

    @Test
    void aRunThatDidNothingAsAllWasBlockedHasNotDoneTheJob() {
        world.system.with("a", "old").with("b", "old");
        world.system.untouchable("a", "somebody needs it");
        world.system.untouchable("b", "somebody needs it");
        world.ready();

        Run run = world.run();

        assertThat(run.state()).isEqualTo(RunState.SUCCEEDED);
        assertThat(RunJson.toJson(run).path("blocked").asInt()).isEqualTo(2);
        assertThat(closed()).isEmpty();
    }

    @Test
    void soIsOneThatGuardsBlockRightBeforeTheOperation() {
        world.system.with("a", "old");
        world.ready();
        Plan plan = world.plan();
        world.system.untouchable("a", "somebody needs it");

        Run run = World.ran(world.cleanup().run(plan, world.terms(), World.SOMEBODY));

        assertThat(World.outcomes(run)).containsExactly("a skipped: somebody needs it");
        assertThat(closed()).isEmpty();
    }

    @Test
    void aRunThatDidSomethingHasDoneTheJobWhateverElseWasBlocked() {
        world.system.with("a", "old").with("b", "old");
        world.system.untouchable("a", "somebody needs it");
        world.ready();

        Run run = world.run();

        assertThat(RunJson.toJson(run).has("blocked")).isFalse();
        assertThat(closed()).containsExactly("not yet done");
    }

    @Test
    void aRunThatFoundNothingHasDoneTheJob() {
        world.system.with("a", "new");
        world.ready();

        world.run();

        assertThat(closed()).containsExactly("not yet done");
    }
}
