package dev.sweepback.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.job.Approval;
import dev.sweepback.journal.Actor;
import dev.sweepback.journal.Draft;
import dev.sweepback.journal.Entry;
import dev.sweepback.journal.EntryType;
import dev.sweepback.journal.InMemoryJournal;
import dev.sweepback.journal.Journal;
import dev.sweepback.journal.PlanId;
import dev.sweepback.run.WorldClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalsTest {

    private static final PlanId PLAN = new PlanId("plan-1");
    private static final Duration EIGHT_HOURS = Duration.ofHours(8);
    private static final Roles ROLES = new Roles(Map.of(
            "local:1", List.of("approver"),
            "local:2", List.of("operator", "approver"),
            "local:3", List.of("operator"),
            "local:9", List.of("approver"),
            "pipeline", List.of("approver"),
            "daemon", List.of("approver")));

    private final WorldClock clock = new WorldClock();
    private final Journal journal = new InMemoryJournal(clock);

    /** One thing that somebody has said. */
    private record Said(EntryType type, Actor actor, String plan, String digest) {
        static Said yes(String actor) {
            return new Said(EntryType.PLAN_APPROVED, new Actor(actor, false), PLAN.value(), "digest");
        }

        static Said no(String actor) {
            return new Said(EntryType.PLAN_REJECTED, new Actor(actor, false), PLAN.value(), "digest");
        }

        static Said byToken(String name) {
            return new Said(EntryType.PLAN_APPROVED, new Actor(name, true), PLAN.value(), "digest");
        }

        Said of(String other) {
            return new Said(type, actor, other, digest);
        }

        Said forDigest(String other) {
            return new Said(type, actor, plan, other);
        }
    }

    static Stream<Arguments> table() {
        return Stream.of(
                row("nobody has said anything", 1, 0, false),
                row("one who has the role", 1, 1, true, Said.yes("local:1/ann")),
                row("the role beside another", 1, 1, true, Said.yes("local:2/bob")),
                row("another role", 1, 0, false, Said.yes("local:3/cid")),
                row("no role at all", 1, 0, false, Said.yes("local:4/dan")),
                row("a uid that begins like one that has the role", 1, 0, false, Said.yes("local:11/eve")),
                row("no uid that could be read", 1, 0, false, Said.yes("local:?/eve")),
                row("a name that looks like a uid", 1, 0, false, Said.yes("x/local:1")),
                row("the daemon, whatever the settings say", 1, 0, false, Said.yes("daemon")),
                row("a token that nobody vouches for", 1, 0, false, Said.yes("pipeline")),
                row("a token", 1, 1, true, Said.byToken("pipeline")),
                row("a token of a name that begins like another's", 1, 0, false, Said.byToken("pipeline/x")),
                row("a token that is called like a uid", 1, 0, false, Said.byToken("local:1")),
                row("the one who planned", 1, 0, false, Said.yes("local:9/planner")),
                row("the one who planned, under another name", 1, 0, false, Said.yes("local:9/other")),
                row("two of two", 2, 2, true, Said.yes("local:1/ann"), Said.yes("local:2/bob")),
                row("one of two", 2, 1, false, Said.yes("local:1/ann")),
                row("the same one twice", 2, 1, false, Said.yes("local:1/ann"), Said.yes("local:1/ann")),
                row("the same one under two names", 2, 1, false, Said.yes("local:1/ann"), Said.yes("local:1/root")),
                row("another digest", 1, 0, false, Said.yes("local:1/ann").forDigest("other")),
                row("another plan", 1, 0, false, Said.yes("local:1/ann").of("plan-2")),
                row("rejected after it was approved", 1, 1, false, Said.yes("local:1/ann"), Said.no("local:2/bob")),
                row("approved after it was rejected", 1, 1, false, Said.no("local:2/bob"), Said.yes("local:1/ann")),
                row(
                        "another plan was rejected",
                        1,
                        1,
                        true,
                        Said.yes("local:1/ann"),
                        Said.no("local:2/b").of("plan-2")));
    }

    private static Arguments row(String what, int needs, int has, boolean enough, Said... said) {
        return Arguments.of(what, needs, has, enough, List.of(said));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void whoseWordCounts(String what, int needs, int has, boolean enough, List<Said> said) {
        made("local:9/planner");
        said.forEach(this::record);

        Approvals approvals = read(needs);

        assertThat(approvals.words()).hasSize(has);
        assertThat(approvals.isEnough()).isEqualTo(enough);
        assertThat(approvals.text()).contains("plan plan-1");
    }

    @Test
    void aWordCountsUntilItsLastSecondIsOver() {
        made("local:9/planner");
        record(Said.yes("local:1/ann"));

        clock.until(clock.instant().plus(EIGHT_HOURS).minusSeconds(1));

        assertThat(read(1).isEnough()).isTrue();

        clock.until(clock.instant().plusSeconds(1));

        assertThat(read(1).isEnough()).isFalse();
        assertThat(read(1).text()).contains("local:1/ann", "expired at " + clock.instant());
    }

    @Test
    void eachWordExpiresByItself() {
        made("local:9/planner");
        record(Said.yes("local:1/ann"));
        clock.until(clock.instant().plus(EIGHT_HOURS).minusSeconds(1));
        record(Said.yes("local:2/bob"));
        assertThat(read(2).isEnough()).isTrue();

        clock.until(clock.instant().plusSeconds(1));

        assertThat(read(2).words()).extracting(word -> word.actor().name()).containsExactly("local:2/bob");
    }

    @Test
    void whoseWordHasExpiredMaySayItAgain() {
        made("local:9/planner");
        record(Said.yes("local:1/ann"));
        clock.until(clock.instant().plus(EIGHT_HOURS));
        record(Said.yes("local:1/ann"));

        assertThat(read(1).isEnough()).isTrue();
        assertThat(read(1).uncounted()).isEmpty();
    }

    @Test
    void noWordCountsLongerThanThePolicyGivesIt() {
        made("local:9/planner");
        record(Said.yes("local:1/ann"), clock.instant().plus(Duration.ofDays(365)));

        clock.until(clock.instant().plus(EIGHT_HOURS));

        assertThat(read(1).isEnough()).isFalse();
    }

    @Test
    void whatTheDaemonPlannedMayBeApprovedByAnybodyWhoHasTheRole() {
        made("daemon");
        record(Said.yes("local:9/planner"));

        assertThat(read(1).isEnough()).isTrue();
    }

    @Test
    void aPlanThatWasNeverRecordedHasNobodysWord() {
        record(Said.yes("local:1/ann"));

        assertThat(read(1).isEnough()).isFalse();
    }

    @Test
    void aWordThatCameBeforeThePlanIsNotForIt() {
        record(Said.yes("local:1/ann"));
        made("local:9/planner");

        assertThat(read(1).isEnough()).isFalse();
    }

    private Approvals read(int needs) {
        return Approvals.read(
                journal, PLAN, new Approval(List.of("approver"), needs, EIGHT_HOURS), ROLES, clock.instant());
    }

    private void made(String actor) {
        journal.append(Draft.of(EntryType.PLAN_MADE, new Actor(actor, false))
                .plan(PLAN)
                .job("clean")
                .data("digest", "digest"));
    }

    private Entry record(Said said) {
        return record(said, clock.instant().plus(EIGHT_HOURS));
    }

    private Entry record(Said said, Instant expiresAt) {
        return journal.append(Draft.of(said.type(), said.actor())
                .plan(new PlanId(said.plan()))
                .job("clean")
                .data("digest", said.digest())
                .data("expiresAt", expiresAt.toString()));
    }

    @Test
    void aWordOfAClockThatWasAheadDoesNotCount() {
        made("local:9/planner");
        record(Said.yes("local:1/ann"));

        clock.set(Duration.ofMinutes(-1));
        assertThat(read(1).isEnough()).as("clocks differ a little").isTrue();

        clock.set(Duration.ofSeconds(-1));
        assertThat(read(1).isEnough()).isFalse();
        assertThat(read(1).text()).contains("local:1/ann does not count: it was given by a clock that was ahead");

        record(Said.yes("local:1/ann"));
        assertThat(read(1).isEnough()).as("said again").isTrue();
    }
}
