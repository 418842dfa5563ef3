package dev.sweepback.gate;

import static dev.sweepback.gate.CheckScene.BAD;
import static dev.sweepback.gate.CheckScene.GOOD;
import static dev.sweepback.gate.CheckScene.SILENT;
import static dev.sweepback.gate.CheckScene.check;
import static dev.sweepback.gate.CheckScene.verdict;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Check;
import dev.sweepback.job.TcpSubject;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Move;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How answers to checks open and shut the gate, one after the other. */
class AskedChecksTest {

    private final World world = new World().ready();

    @AfterEach
    void close() {
        world.close();
    }

    private Instant now() {
        return world.clock.instant();
    }

    @Test
    void oneGoodAnswerOpensWithItsEvidence() {
        CheckScene scene = new CheckScene(world, check("a", 1));

        GateState state = scene.look();

        assertThat(state.isOpen()).isTrue();
        assertThat(verdict(state, "a")).isEqualTo(new Verdict.Open("7", "7"));
        assertThat(GateJson.toJson("clean", "app-2", state).path("conditions").toString())
                .contains("\"name\":\"a\",\"state\":\"open\",\"reason\":\"7\",\"evidence\":\"7\"");
    }

    @Test
    void aBadAnswerHasFailedAndIsAskedAgainAfterItsInterval() {
        CheckScene scene = new CheckScene(world, check("a", 3)).answers("a", BAD);

        GateState state = scene.act();

        assertThat(verdict(state, "a"))
                .isEqualTo(new Verdict.Failed("it is 9", "9", Optional.of(now().plusSeconds(30))));
        assertThat(state.word()).isEqualTo("closed");
        assertThat(state.failures()).contains("a: it is 9");
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void noDataHoldsOrFailsAndNeverOpens() {
        CheckScene scene = new CheckScene(
                        world, check("holds", 1), check("fails", 1, Check.OnNoData.FAIL, Optional.empty()))
                .answers("holds", SILENT)
                .answers("fails", SILENT);

        GateState state = scene.act();

        assertThat(verdict(state, "holds"))
                .isEqualTo(new Verdict.Unknown("no data: nobody answered", Optional.of(now().plusSeconds(30))));
        assertThat(verdict(state, "fails")).isInstanceOf(Verdict.Failed.class);
        assertThat(state.failures()).contains("fails: no data, which counts as failed here: nobody answered");
    }

    @Test
    void severalGoodAnswersInARowAreWaitedFor() {
        CheckScene scene = new CheckScene(world, check("a", 3));
        Instant begun = now();

        GateState state = scene.act();

        assertThat(state.isOpen()).isTrue();
        assertThat(verdict(state, "a").reason()).isEqualTo("7, good 3 times in a row");
        assertThat(scene.asked)
                .containsExactly("a at " + begun, "a at " + begun.plusSeconds(30), "a at " + begun.plusSeconds(60));
    }

    @Test
    void whoDoesNotWaitAsksOnce() {
        CheckScene scene = new CheckScene(world, check("a", 3));

        GateState state = scene.look();

        assertThat(verdict(state, "a"))
                .isEqualTo(new Verdict.Unknown(
                        "good once, 3 in a row are needed", "7", Optional.of(now().plusSeconds(30))));
        assertThat(state.retryAt()).contains(now().plusSeconds(30));
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void answersInOneMomentCountOnce() {
        CheckScene scene = new CheckScene(world, check("a", 3));

        IntStream.range(0, 5).forEach(unused -> scene.look());

        assertThat(verdict(scene.look(), "a").reason()).startsWith("good once");
    }

    @Test
    void anAnswerWithoutDataBreaksTheRow() {
        CheckScene scene = new CheckScene(world, check("a", 3)).answers("a", GOOD, GOOD, SILENT, GOOD);

        assertThat(verdict(scene.act(), "a")).isInstanceOf(Verdict.Unknown.class);
        world.pass(Duration.ofSeconds(30));

        assertThat(verdict(scene.look(), "a").reason()).startsWith("good once");
    }

    @Test
    void betweenWavesOneNewAnswerWillDo() {
        CheckScene scene = new CheckScene(world, check("a", 3));
        scene.act();
        world.pass(Duration.ofMinutes(5));
        scene.asked.clear();

        assertThat(scene.act().isOpen()).isTrue();
        assertThat(scene.asked).hasSize(1);

        scene.answers("a", BAD, GOOD);
        assertThat(scene.act().isOpen()).isFalse();
        world.pass(Duration.ofSeconds(30));
        assertThat(scene.look().isOpen())
                .as("the row is void after a bad answer")
                .isFalse();
    }

    @Test
    void aRowThatIsTooOldIsVoid() {
        CheckScene scene = new CheckScene(world, check("a", 3));
        scene.act();
        world.pass(Duration.ofSeconds(10 * 30 + 10));
        assertThat(scene.look().isOpen()).as("at the very end").isTrue();

        world.pass(Duration.ofSeconds(10 * 30 + 11));

        assertThat(verdict(scene.look(), "a").reason()).startsWith("good once");
    }

    @Test
    void aClockThatWasSetBackMakesARowVoid() {
        CheckScene scene = new CheckScene(world, check("a", 2));
        scene.act();
        world.clock.set(Duration.ofSeconds(-40));

        assertThat(verdict(scene.look(), "a").reason()).startsWith("good once");
    }

    @Test
    void aNewProcessCountsAnew() {
        CheckScene scene = new CheckScene(world, check("a", 2));
        scene.act();

        scene.restart();

        assertThat(verdict(scene.look(), "a").reason()).startsWith("good once");
    }

    @Test
    void checksWaitTogetherAndAnswerInTheOrderOfTheFile() {
        CheckScene scene = new CheckScene(world, check("b", 3), check("a", 1), check("c", 2));
        Instant begun = now();

        GateState state = scene.act();

        assertThat(state.isOpen()).isTrue();
        assertThat(state.answers().stream().skip(state.answers().size() - 3).map(GateState.Answer::condition))
                .containsExactly("b", "a", "c");
        assertThat(now()).isEqualTo(begun.plusSeconds(60));
        assertThat(scene.asked).as("all are asked in each round").hasSize(9);
    }

    @Test
    void whatOpenedFirstDecidesWhenItTurnsBadWhileAnotherIsWaitedFor() {
        CheckScene scene = new CheckScene(world, check("slow", 3), check("quick", 1)).answers("quick", GOOD, BAD);
        Instant begun = now();

        GateState state = scene.act();

        assertThat(verdict(state, "quick")).isInstanceOf(Verdict.Failed.class);
        assertThat(state.isOpen()).isFalse();
        assertThat(now()).as("nobody waits any longer").isEqualTo(begun.plusSeconds(30));
    }

    @Test
    void whoeverIsAskedEarlierForTheSakeOfAnotherIsNotCountedTwiceInAnInterval() {
        Check seldom = new Check(
                "seldom",
                new TcpSubject("x.example.com", 1, true),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                2,
                Check.OnNoData.HOLD,
                Optional.empty());
        CheckScene scene = new CheckScene(world, seldom, check("often", 2));
        Instant begun = now();

        GateState state = scene.act();

        assertThat(state.isOpen()).isTrue();
        assertThat(now()).isEqualTo(begun.plusSeconds(60));
        assertThat(verdict(state, "seldom").reason()).isEqualTo("7, good 2 times in a row");
    }

    @Test
    void whereOneCheckFailsNobodyWaitsForTheOthers() {
        CheckScene scene = new CheckScene(world, check("a", 3), check("b", 1)).answers("b", BAD);
        Instant begun = now();

        GateState state = scene.act();

        assertThat(verdict(state, "a").reason()).startsWith("good once");
        assertThat(verdict(state, "b")).isInstanceOf(Verdict.Failed.class);
        assertThat(now()).isEqualTo(begun);
    }

    @Test
    void whereTheRecordKeepsTheGateShutNobodyWaits() {
        CheckScene scene = new CheckScene(world, check("a", 3));
        Enablement.pause(world.journal, Optional.empty(), World.SOMEBODY);
        Instant begun = now();

        assertThat(scene.act().isOpen()).isFalse();
        assertThat(now()).isEqualTo(begun);
        assertThat(scene.asked).hasSize(1);
    }

    @Test
    void whatHappensMeanwhileCounts() {
        CheckScene scene = new CheckScene(world, check("a", 3));
        Instant begun = now();

        GateState state = world.gate.act(
                scene.question(),
                until -> {
                    world.clock.until(until);
                    world.upgrades().move(World.UPGRADE, Move.ROLL_BACK, Optional.empty(), World.SOMEBODY);
                    return true;
                },
                world.journal,
                World.SOMEBODY.actor());

        assertThat(state.isOpen()).isFalse();
        assertThat(verdict(state, "upgrade succeeded")).isInstanceOf(Verdict.Closed.class);
        assertThat(now()).as("the wait ends with it").isEqualTo(begun.plusSeconds(30));
    }

    @Test
    void whoIsAskedToStopWaitsNoLonger() {
        CheckScene scene = new CheckScene(world, check("a", 3));

        GateState state = world.gate.act(scene.question(), unused -> false, world.journal, World.SOMEBODY.actor());

        assertThat(verdict(state, "a").reason()).isEqualTo("good once, 3 in a row are needed");
    }

    @Test
    void aMistakeOfThisProgramIsNoData() {
        new CheckScene(world, check("a", 1), check("b", 1));
        Checks checks = new AskedChecks(
                (check, to) -> {
                    throw new IllegalArgumentException("a secret perhaps");
                },
                world.clock);

        GateState state = Gate.standard(checks, world.watch).ask(new CheckScene(world, check("a", 1)).question());

        assertThat(verdict(state, "a").reason()).isEqualTo("no data: an unexpected IllegalArgumentException");
    }

    @Test
    void checksAreAskedSideBySide() {
        CheckScene scene = new CheckScene(world, check("a", 1), check("b", 1), check("c", 1));
        CountDownLatch all = new CountDownLatch(3);
        Checks checks = new AskedChecks(
                (check, to) -> {
                    all.countDown();
                    try {
                        all.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    return GOOD;
                },
                world.clock);

        List<GateState.Answer> answers = checks.ask(scene.question(), Patience.NONE);

        assertThat(answers).extracting(GateState.Answer::condition).containsExactly("a", "b", "c");
    }

    @Test
    void whoLooksSeldomGetsARowAsWellHoweverShortTheInterval() {
        Check often = check("a", 3);
        CheckScene scene = new CheckScene(
                world,
                new Check(
                        often.name(),
                        often.subject(),
                        often.timeout(),
                        Duration.ofSeconds(2),
                        often.consecutive(),
                        often.onNoData(),
                        often.maxWait()));

        scene.look();
        world.pass(Duration.ofMinutes(1));
        scene.look();
        world.pass(Duration.ofMinutes(3).plus(often.timeout()));
        assertThat(verdict(scene.look(), "a")).isInstanceOf(Verdict.Open.class);

        world.pass(Duration.ofMinutes(3).plus(often.timeout()).plusSeconds(1));
        assertThat(verdict(scene.look(), "a").reason()).startsWith("good once");
    }
}
