package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Use;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class UnleashFlagsTest extends FlagStory {

    @Test
    void aFlagThatWasSeenTellsWhenAndOneThatWasNotTellsSinceWhen() {
        add("seen", "unseen");
        Instant created = clock.instant();
        clock.advance(Duration.ofDays(3));
        twin.evaluate("seen", "shop", "production");

        assertThat(resource("seen").use()).isEqualTo(new Use.At(clock.instant()));
        assertThat(resource("unseen").use()).isEqualTo(new Use.NeverSince(created));
    }

    @Test
    void beingUsedDoesNotChangeTheFingerprintAndBeingChangedDoes() {
        add("a");
        String before = resource("a").fingerprint();

        twin.evaluate("a", "shop", "production");
        assertThat(resource("a").fingerprint()).isEqualTo(before);

        twin.setEnabled("a", "production", true);
        assertThat(resource("a").fingerprint()).isNotEqualTo(before);
    }

    @Test
    void anArchivedFlagIsSeenUsedAndIsNoPartOfThePopulation() {
        add("a", "b");
        twin.archive("default", "a");
        clock.advance(Duration.ofHours(1));
        twin.evaluate("a", "shop", "production");

        Capture.Present capture = (Capture.Present) capture("a");

        assertThat(capture.resource().use()).isEqualTo(new Use.At(clock.instant()));
        assertThat(find()).extracting(Resource::name).containsExactly("b");
    }

    @Test
    void parentsAreListedAfterTheirChildren() {
        add("a-parent", "z-child");
        twin.setParent("z-child", "a-parent");

        assertThat(find()).extracting(Resource::name).containsExactly("z-child", "a-parent");
    }

    @Test
    void parentAndChildAreArchivedTogetherAndComeBackTogether() {
        add("a-parent", "z-child");
        twin.setParent("z-child", "a-parent");
        ObjectNode before = withoutBookkeeping(twin.dump());
        List<Order> orders = Stream.of("a-parent", "z-child").map(this::order).toList();

        assertThat(apply(orders)).allMatch(Answer.Accepted.class::isInstance);
        assertThat(twin.isLive("a-parent")).isFalse();
        // the child is asked for first, and still has to wait for its parent
        List<Reversal> reversals =
                Stream.of(orders.get(1), orders.get(0)).map(this::reversal).toList();
        assertThat(revert(reversals)).allMatch(Answer.Accepted.class::isInstance);

        assertThat(withoutBookkeeping(twin.dump())).isEqualTo(before);
        assertThat(look(reversals.get(0)).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void aParentWhoseChildStaysIsRefusedAndTheOthersOfItsBatchAreArchived() {
        add("parent", "child", "other");
        twin.setParent("child", "parent");
        List<Order> orders = Stream.of("parent", "other").map(this::order).toList();

        List<Answer> answers = apply(orders);

        ConnectorException failure = ((Answer.Failed) answers.get(0)).error();
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("depend");
        assertThat(answers.get(1)).isInstanceOf(Answer.Accepted.class);
        assertThat(twin.isLive("parent")).isTrue();
        assertThat(twin.isLive("other")).isFalse();
    }

    @Test
    void aFlagThatIsArchivedAlreadyIsNotArchivedAgain() {
        add("a");
        Order order = order("a");
        apply(List.of(order));
        clock.advance(Duration.ofHours(1));

        apply(List.of(order));

        assertThat(twin.events("feature-archived", "a")).isEqualTo(1);
    }

    @Test
    void revertNeverTouchesAFlagThatWasRevivedByHandAndSwitchedOn() {
        add("a");
        twin.setEnabled("a", "production", true);
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        twin.revive("a");
        twin.setEnabled("a", "production", true);

        List<Answer> answers = revert(List.of(reversal));

        assertThat(answers).allMatch(Answer.Accepted.class::isInstance);
        assertThat(twin.events("feature-revived", "a")).isEqualTo(1);
        assertThat(((Capture.Present) capture("a")).state()).isEqualTo(order.before());
    }

    @Test
    void aFlagThatWasArchivedAgainByHandIsForeign() {
        add("a");
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        twin.revive("a");
        clock.advance(Duration.ofHours(1));
        twin.archive("default", "a");

        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
        assertThat(twin.isLive("a")).isFalse();
    }

    @Test
    void aHalfRevivedFlagIsToldAndFinished() {
        add("parent", "a");
        twin.setParent("a", "parent");
        twin.setEnabled("a", "production", true);
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        twin.revive("a");

        assertThat(look(reversal).progress()).isEqualTo(Progress.PARTLY);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Accepted.class);
        assertThat(look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void aFlagThatIsGoneFromTheArchiveIsAbsentAndCannotBeRevived() {
        add("a");
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        twin.removeForGood("default", "a");

        assertThat(capture("a")).isInstanceOf(Capture.Absent.class);
        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void aFlagInAnotherProjectIsNotTakenForAbsent() {
        twin.addProject("other");
        twin.addFlag("other", "a", "release", "", List.of());

        assertThat(capture("a"))
                .isInstanceOfSatisfying(
                        Capture.Unknown.class,
                        unknown -> assertThat(unknown.error().kind()).isEqualTo(Kind.CONFLICT));
    }

    @Test
    void aTokenOfTheWrongKindIsToldFromAMissingRight() {
        add("a");
        Order order = order("a");
        try (Reader reader = connector(twin.backendToken()).reader(connection());
                Writer writer = connector(twin.viewerToken()).writer(connection())) {
            ConnectorException wrong = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));
            Answer missing = writer.apply(List.of(order)).get(0);

            assertThat(wrong.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(((Answer.Failed) missing).error().kind()).isEqualTo(Kind.FORBIDDEN);
            assertThat(((Answer.Failed) missing).error()).hasMessageContaining("DELETE_FEATURE");
        }
    }

    @Test
    void aListThatChangesWhileItIsReadIsReadAgain() {
        for (int index = 0; index < 120; index++) {
            add("flag-%03d".formatted(index));
        }
        String otherTotal = "{\"features\":[],\"total\":7}";
        twin.faults()
                .next(request -> "100".equals(request.query().get("offset")))
                .answer(200, "application/json", otherTotal);

        assertThat(find()).hasSize(120);
    }

    @Test
    void aShortPageIsAnErrorAndNotAShortPopulation() {
        add("a", "b");
        twin.faults()
                .next(Faults.request("GET", "/api/admin/search/features"))
                .answer(200, "application/json", "{\"features\":[],\"total\":2}");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, this::find);

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    }

    @Test
    void aRevivalThatCannotBeSeenIsWaitedForAndCanBeRetried() {
        add("a");
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        Instant before = clock.instant();
        twin.faults().next(Faults.request("POST", ".*/revive")).answer(200, "application/json", "");

        Answer answer = revert(List.of(reversal)).get(0);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.TIMEOUT));
        assertThat(clock.instant()).isAfter(before);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Accepted.class);
    }
}
