package dev.sweepback.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Freeze;
import dev.sweepback.job.Hours;
import dev.sweepback.plan.Purpose;
import dev.sweepback.run.RunAnswer;
import dev.sweepback.run.World;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.UpgradeJson;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hours, freezes and witnessed times as conditions of the gate. */
class TimesGateTest {

    private static final Freeze YEAR_END =
            new Freeze("year end", Instant.parse("2026-12-20T00:00:00Z"), Instant.parse("2027-01-07T00:00:00Z"));

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    private GateState ask(Instant now) {
        return world.gate.fromRecord(
                new Question(world.job, world.policy, world.upgrade(), Purpose.CLEANUP, world.journal, now));
    }

    private static Verdict verdict(GateState state, String condition) {
        return state.answers().stream()
                .filter(answer -> answer.condition().equals(condition))
                .map(GateState.Answer::verdict)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theConditionsStandInTheOrderInWhichAPersonAsksThem() {
        world.ready();

        assertThat(ask(world.clock.instant()).answers())
                .extracting(GateState.Answer::condition)
                .containsExactly(
                        "upgrade succeeded",
                        "window over",
                        "soak over",
                        "rebooted",
                        "enabled",
                        "not paused",
                        "not yet done",
                        "times witnessed",
                        "within hours",
                        "no freeze",
                        "within maxPerHour",
                        "no check given up",
                        "clock right");
    }

    @Test
    void outsideOfTheHoursTheGateIsClosedAndSaysWhenTheyBeginAgain() {
        world.ready();
        world.permit(World.hours(new Hours(
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY),
                LocalTime.of(9, 0),
                LocalTime.of(17, 0),
                ZoneId.of("Europe/Berlin"))));
        Instant tuesday = Instant.parse("2026-11-03T16:00:00Z");
        Instant monday = Instant.parse("2026-11-09T08:00:00Z");

        assertThat(ask(tuesday.minusSeconds(1)).isOpen()).isTrue();
        assertThat(ask(tuesday).retryAt()).contains(monday);
        assertThat(ask(tuesday).reasons())
                .isEqualTo("within hours: policy 'test': MON, TUE 09:00 to 17:00 Europe/Berlin,"
                        + " again from Mon 2026-11-09 09:00 (2026-11-09T08:00Z) on");
        assertThat(ask(monday.minusSeconds(1)).isOpen()).isFalse();
        assertThat(ask(monday).isOpen()).isTrue();
    }

    @Test
    void withinAFreezeNothingBegins() {
        world.gate = Gate.standard(List.of(YEAR_END), Checks.NONE, world.watch);
        world.system.with("a", "old");
        world.ready();

        assertThat(ask(YEAR_END.from().minusMillis(1)).isOpen()).isTrue();
        assertThat(ask(YEAR_END.from()).retryAt()).contains(YEAR_END.until());
        assertThat(ask(YEAR_END.until().minusMillis(1)).reasons())
                .isEqualTo("no freeze: freeze 'year end' until 2027-01-07T00:00Z");
        assertThat(ask(YEAR_END.until()).isOpen()).isTrue();

        world.clock.until(YEAR_END.from());

        assertThat(world.answer()).isInstanceOf(RunAnswer.GateClosed.class);
        assertThat(world.system.sent()).isEmpty();
    }

    @Test
    void aFreezeThatFollowsWithoutAGapIsWaitedForAsWell() {
        Freeze more = new Freeze(
                "stocktaking",
                YEAR_END.until().minusSeconds(60),
                YEAR_END.until().plusSeconds(60));
        Freeze last = new Freeze("audit", more.until(), more.until().plus(Duration.ofDays(1)));
        world.gate = Gate.standard(List.of(last, YEAR_END, more), Checks.NONE, world.watch);
        world.ready();

        assertThat(ask(YEAR_END.from()).retryAt()).contains(last.until());
        assertThat(verdict(ask(world.clock.instant()), "no freeze").reason())
                .isEqualTo("the next is 'year end' from 2026-12-20T00:00Z on");
    }

    /** @param stated which of its moves are stated afterwards */
    private void upgraded(Move... stated) {
        world.schedule(World.UPGRADE, "production");
        for (Move move : List.of(Move.START, Move.COMPLETE)) {
            world.pass(Duration.ofMinutes(30));
            Optional<Instant> at = List.of(stated).contains(move)
                    ? Optional.of(world.clock.instant().minus(Duration.ofMinutes(10)))
                    : Optional.empty();
            world.upgrades().move(World.UPGRADE, move, at, World.SOMEBODY);
        }
        world.enable();
        world.pass(Duration.ofHours(4));
    }

    @Test
    void aStatedTimeDoesNotCountWhereThePolicyRefusesIt() {
        world.permit(World.witnessed());
        upgraded(Move.START, Move.COMPLETE);

        GateState state = ask(world.clock.instant());

        assertThat(state.reasons())
                .isEqualTo("times witnessed: local:0/tester stated only at 2026-11-02T20:30Z that it was started at"
                        + " 2026-11-02T20:20Z, and local:0/tester stated only at 2026-11-02T21:00Z that it was completed at"
                        + " 2026-11-02T20:50Z: the soak would count from a time that nobody can vouch for, and policy 'test'"
                        + " refuses that; schedule the upgrade anew and record its moves without --at, or let the policy say"
                        + " 'statedTimes: accept'");
        assertThat(state.retryAt()).isEmpty();
    }

    @Test
    void eitherTimeAloneIsEnough() {
        world.permit(World.witnessed());
        upgraded(Move.COMPLETE);

        assertThat(ask(world.clock.instant()).reasons())
                .contains("that it was completed at")
                .doesNotContain("started");
        assertThat(UpgradeJson.toJson(world.upgrade()).path("stated").toString())
                .isEqualTo("[\"completedAt\"]");
    }

    @Test
    void aPolicyMayAcceptThem() {
        upgraded(Move.START);

        assertThat(ask(world.clock.instant()).isOpen()).isTrue();
        assertThat(verdict(ask(world.clock.instant()), "times witnessed").reason())
                .startsWith("policy 'test' accepts that local:0/tester stated only at");
        assertThat(UpgradeJson.toJson(world.upgrade()).path("stated").toString())
                .isEqualTo("[\"startedAt\"]");
    }

    @Test
    void whatWasRecordedAsItHappenedIsWitnessed() {
        world.permit(World.witnessed());
        world.ready();

        assertThat(ask(world.clock.instant()).isOpen()).isTrue();
        assertThat(UpgradeJson.toJson(world.upgrade()).path("stated")).isEmpty();
    }

    @Test
    void whatWasTrackedLaterDoesNotChangeThat() {
        world.permit(World.witnessed());
        upgraded(Move.START);
        world.upgrades()
                .track(
                        World.UPGRADE,
                        List.of(dev.sweepback.connector.ResourceRef.parse("thing:fake/a")),
                        World.SOMEBODY);

        assertThat(ask(world.clock.instant()).isOpen()).isFalse();
    }
}
