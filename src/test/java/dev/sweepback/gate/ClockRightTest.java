package dev.sweepback.gate;

import static dev.sweepback.gate.CheckScene.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.JournalException;
import dev.sweepback.journal.Query;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.FullJournal;
import dev.sweepback.run.World;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When this machine's clock is relied on. */
class ClockRightTest {

    private final World world = new World().ready();

    @AfterEach
    void close() {
        world.close();
    }

    private Verdict ask() {
        return ask(world.gate);
    }

    private Verdict ask(Gate gate) {
        return verdict(
                gate.fromRecord(new Question(
                        world.job,
                        world.policy,
                        world.upgrade(),
                        Purpose.CLEANUP,
                        world.journal,
                        world.clock.instant())),
                "clock right");
    }

    /** As a process sees it that has only just begun. */
    private Gate another() {
        return Gate.standard(Checks.NONE, new ClockWatch(world.clock, world.clock::nanos, Duration.ofSeconds(60)));
    }

    private void answered(String system, Duration ahead) {
        Instant now = world.clock.instant();
        world.watch.answered(system, now, now.minus(ahead), now);
    }

    @Test
    void aClockThatOnlyGoesOnIsRight() {
        world.pass(Duration.ofDays(30));

        assertThat(ask()).isInstanceOf(Verdict.Open.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT61S", "P1D", "P-1D", "PT-61S"})
    void aJumpHoldsTheGateForTenMinutes(String by) {
        ask();
        Instant before = world.clock.instant();

        world.clock.set(Duration.parse(by));

        Instant after = before.plus(Duration.parse(by));
        // an entry of the future says so as well
        assertThat(ask()).isInstanceOf(Verdict.Closed.class);
        if (after.isAfter(before)) {
            assertThat(ask())
                    .isEqualTo(new Verdict.Closed(
                            "this machine's clock jumped from " + before + " to " + after
                                    + ": see that it is right now; nothing is begun for 10m after that",
                            Optional.of(after.plus(Duration.ofMinutes(10)))));
            world.pass(Duration.ofMinutes(10).minusSeconds(1));
            assertThat(ask()).isInstanceOf(Verdict.Closed.class);
            world.pass(Duration.ofSeconds(1));
            assertThat(ask()).isInstanceOf(Verdict.Open.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT60S", "PT-60S", "PT1S"})
    void aSmallStepIsNoJump(String by) {
        ask();

        world.clock.set(Duration.parse(by));

        assertThat(ask()).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void aJumpIsRecordedOnceByWhoActsAndHoldsOtherProcesses() {
        Instant before = world.clock.instant();
        world.clock.set(Duration.ofMinutes(5));
        ask();
        assertThat(jumps()).as("who only looks records nothing").isEmpty();

        world.gate.note(world.journal, Actor.DAEMON);
        world.gate.note(world.journal, Actor.DAEMON);

        assertThat(jumps()).singleElement().satisfies(entry -> {
            assertThat(entry.data("from")).contains(before.toString());
            assertThat(entry.data("to")).contains(before.plusSeconds(300).toString());
            assertThat(entry.data("by")).contains("PT5M");
            assertThat(entry.actor()).isEqualTo(Actor.DAEMON);
        });
        Gate another = another();
        assertThat(ask(another)).isInstanceOf(Verdict.Closed.class);
        world.pass(Duration.ofMinutes(10));
        assertThat(ask(another)).isInstanceOf(Verdict.Open.class);
    }

    private List<Entry> jumps() {
        return world.journal.read(Query.of(EntryType.CLOCK_JUMPED));
    }

    @Test
    void aRecordFromTheFutureHoldsTheGate() {
        world.clock.set(Duration.ofHours(-4));
        Instant newest =
                world.journal.first(Query.all().latest(1)).orElseThrow().time();

        Verdict verdict = ask(another());

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Closed.class, closed -> {
            assertThat(closed.reason()).contains("the clock was set back, or the record comes from another machine");
            assertThat(closed.retryAt()).contains(newest.minusSeconds(60));
        });
        world.clock.until(newest.minusSeconds(60));
        assertThat(ask(another())).isInstanceOf(Verdict.Open.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT62S", "PT1H"})
    void aClockThatIsAheadOfASystemIsNotReliedOn(String ahead) {
        answered("unleash", Duration.parse(ahead));

        assertThat(ask()).isInstanceOfSatisfying(Verdict.Unknown.class, unknown -> {
            assertThat(unknown.reason())
                    .contains(" ahead of that of 'unleash'")
                    .contains("more than the clockSkew of 1m")
                    .contains("set right the one that is wrong");
            assertThat(unknown.retryAt()).contains(world.clock.instant().plus(Duration.ofMinutes(10)));
        });
    }

    @Test
    void norIsOneThatIsBehind() {
        answered("vault", Duration.ofSeconds(-61));

        assertThat(ask().reason()).startsWith("this machine's clock is 61s behind that of 'vault'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT61S", "PT0S", "PT-60S"})
    void aDifferenceWithinTheSkewWillDo(String ahead) {
        answered("unleash", Duration.parse(ahead));

        assertThat(ask()).isEqualTo(new Verdict.Open("it has not jumped, and is within 1m of 1 system"));
    }

    @Test
    void aSlowAnswerIsNoSkew() {
        Instant now = world.clock.instant();

        world.watch.answered("slow", now.minusSeconds(300), now.minusSeconds(200), now);

        assertThat(ask()).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void aNewMeasureTakesThePlaceOfTheOldAndNoneCountsForLong() {
        answered("unleash", Duration.ofHours(1));
        answered("vault", Duration.ofSeconds(0));
        assertThat(ask()).isInstanceOf(Verdict.Unknown.class);

        answered("unleash", Duration.ZERO);
        assertThat(ask()).isInstanceOf(Verdict.Open.class);

        answered("unleash", Duration.ofHours(1));
        world.pass(Duration.ofMinutes(10));
        assertThat(ask()).isEqualTo(new Verdict.Open("it has not jumped"));
    }

    @Test
    void whatAJumpMadeWrongIsMeasuredAnew() {
        world.clock.set(Duration.ofHours(1));
        answered("unleash", Duration.ofHours(1));
        ask();
        world.gate.note(world.journal, Actor.DAEMON);
        world.clock.set(Duration.ofHours(-1));

        world.pass(Duration.ofMinutes(10));

        assertThat(world.watch.skew()).isEmpty();
    }

    @Test
    void aJumpThatCouldNotBeRecordedIsRecordedTheNextTime() {
        FullJournal disk = new FullJournal(world.journal);
        world.clock.set(Duration.ofMinutes(5));
        assertThatThrownBy(() -> world.gate.note(disk, Actor.DAEMON)).isInstanceOf(JournalException.class);
        assertThat(jumps()).isEmpty();

        disk.makeRoom();
        world.gate.note(disk, Actor.DAEMON);
        world.gate.note(disk, Actor.DAEMON);

        assertThat(jumps()).hasSize(1);
    }

    @Test
    void aJumpThatAClockAheadHasRecordedHoldsNothingOnceTheClockIsRight() {
        ask();
        world.clock.set(Duration.ofDays(365));
        world.gate.note(world.journal, Actor.DAEMON);
        world.clock.set(Duration.ofDays(-365));
        Gate another = another();
        assertThat(ask(another).reason())
                .contains(
                        "If it is right, a clock that was ahead wrote that entry: the gate opens when that time has come")
                .contains("as soon as anything is recorded with the right time");

        world.enable();

        assertThat(ask(another)).isInstanceOf(Verdict.Open.class);
    }

    @Test
    void norDoesItHideOneThatCounts() {
        world.clock.set(Duration.ofMinutes(-5));
        world.gate.note(world.journal, Actor.DAEMON);
        world.clock.set(Duration.ofDays(365));
        world.gate.note(world.journal, Actor.DAEMON);
        world.clock.set(Duration.ofDays(-365));
        world.enable();

        assertThat(ask(another()).reason()).startsWith("this machine's clock jumped from ");
    }
}
