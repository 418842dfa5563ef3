package dev.sweepback.adapter.launchdarkly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Use;
import dev.sweepback.sandbox.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Where LaunchDarkly, by its public API documentation, would lead a careless connector astray. Nothing here was seen on the real
 * system.
 */
class LaunchDarklyTrapsTest {

    private final LaunchDarklyWorld world = new LaunchDarklyWorld();

    @BeforeEach
    void begin() {
        world.twin.addFlag(LaunchDarklyWorld.KEY, List.of("upgrade-dten"));
    }

    @AfterEach
    void close() {
        world.close();
    }

    /** "Optimistic locking" of JSON patches: a {@code test} of {@code /_version} that fails is answered with 409. */
    @Test
    void archivingIsBoundToTheVersionThatWasComparedAndAConflictIsNotTriedAgain() {
        Order order = world.order();
        world.before = onThePatch(this::switchOff);

        ConnectorException failure = LaunchDarklyWorld.failure(world.apply(order));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("changed in the same moment");
        assertThat(patches()).hasSize(1);
        assertThat(world.twin.isArchived(LaunchDarklyWorld.KEY)).isFalse();
    }

    @Test
    void undoIsBoundToTheVersionThatWasComparedAndAConflictIsNotTriedAgain() {
        Order order = world.order();
        world.apply(order);
        Reversal reversal = world.reversal(order);
        world.sent.clear();
        world.before = onThePatch(this::switchOff);

        ConnectorException failure = LaunchDarklyWorld.failure(world.revert(reversal));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(patches()).hasSize(1);
        assertThat(world.twin.isArchived(LaunchDarklyWorld.KEY)).isTrue();
    }

    /** The version alone would let through what was changed since the snapshot and read anew. */
    @Test
    void aFlagThatWasChangedSinceItsSnapshotIsNotArchived() {
        Order order = world.order();
        switchOff();

        ConnectorException failure = LaunchDarklyWorld.failure(world.apply(order));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(patches()).isEmpty();
    }

    /** Archiving shows below each environment too, and stamps it: {@code archived}, {@code version}, {@code lastModified}. */
    @Test
    void whatArchivingWritesIntoEachEnvironmentIsNobodysChange() {
        Order order = world.order();

        world.apply(order);

        assertThat(world.twin.dump().at("/flag:" + LaunchDarklyWorld.KEY + "/environments/production/archived"))
                .isEqualTo(BooleanNode.TRUE);
        assertThat(world.look(order).progress()).isEqualTo(Progress.DONE);
        assertThat(world.revert(world.reversal(order))).isInstanceOf(Answer.Accepted.class);
        assertThat(world.state(LaunchDarklyWorld.KEY)).isEqualTo(order.before());
    }

    /** {@code _maintainer} repeats what the member says of himself; who maintains the flag is {@code maintainerId}. */
    @Test
    void aMaintainersNewAddressIsNoChangeOfTheFlag() {
        Order order = world.order();

        world.twin.changeFlag(LaunchDarklyWorld.KEY, "/_maintainer/email", StringNode.valueOf("new@acme.example"));

        assertThat(world.look(order).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    /** {@code temporary}: most flags that were made for an upgrade are, and the others are to stay. */
    @Test
    void aFlagThatIsToStayIsToldFromATemporaryOne() {
        assertThat(world.listed(LaunchDarklyWorld.KEY).fields()).containsEntry("temporary", true);

        world.twin.changeFlag(LaunchDarklyWorld.KEY, "/temporary", BooleanNode.FALSE);

        assertThat(world.listed(LaunchDarklyWorld.KEY).fields()).containsEntry("temporary", false);
    }

    /** "By default archived flags are not included in the list": a missing entry is not a missing flag. */
    @Test
    void anArchivedFlagIsNotListedAndLookedForByItsKey() {
        Order order = world.order();
        world.apply(order);

        assertThat(world.find()).isEmpty();
        assertThat(world.look(order).progress()).isEqualTo(Progress.DONE);
        assertThat(world.state(LaunchDarklyWorld.KEY).isAbsent()).isFalse();
    }

    /** Without {@code limit} a page holds 20; more than 100 is not given. */
    @Test
    void everyPageIsReadAndNoneIsAskedToHoldMoreThanAHundred() {
        many(250);

        assertThat(world.find()).hasSize(251).doesNotHaveDuplicates();

        assertThat(world.sent)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.query()).contains("limit=100&", "sort=key"));
    }

    /** Pages are by place: when a flag before it goes, the next page begins one further on. */
    @Test
    void aFlagThatIsArchivedWhileTheListIsReadHidesNoOther() {
        many(150);
        AtomicBoolean done = new AtomicBoolean();
        world.before = request -> {
            if (request.query().contains("offset=99") && done.compareAndSet(false, true)) {
                world.twin.changeFlag("many-000", "/archived", BooleanNode.TRUE);
            }
        };

        List<String> found = world.find();

        assertThat(found).hasSize(150).contains("many-099", "many-149").doesNotContain("many-000");
    }

    /** As many come as go, so that neither the number of all nor the number of those that were read shows it. */
    @Test
    void flagsThatComeAndGoWhileTheListIsReadHideNoOther() {
        many(250);
        AtomicBoolean gone = new AtomicBoolean();
        AtomicBoolean come = new AtomicBoolean();
        world.before = request -> {
            if (request.query().contains("offset=99&") && gone.compareAndSet(false, true)) {
                world.twin.removeFlag("many-000");
                world.twin.removeFlag("many-001");
            }
            if (request.query().contains("offset=198&") && come.compareAndSet(false, true)) {
                world.twin.addFlag("a-new-one", List.of());
                world.twin.addFlag("the-newest", List.of());
            }
        };

        assertThat(world.find()).hasSize(250 - 2 + 1 + (come.get() ? 2 : 0)).contains("many-099", "many-199");
    }

    @Test
    void aFlagThatIsListedTwiceDoesNotStandForAnother() {
        world.answer = response -> {
            ObjectNode body = (ObjectNode) response.json().orElseThrow();
            body.withArray("items").add(body.at("/items/0"));
            return new Response(
                    response.status(),
                    response.headers(),
                    body.put("totalCount", 2).toString());
        };

        assertThat(catchThrowableOfType(ConnectorException.class, world::find).kind())
                .isEqualTo(Kind.CONFLICT);
    }

    @Test
    void aListThatNeverHoldsStillIsAnError() {
        many(150);
        world.before = request -> {
            if (!request.query().contains("offset=0")) {
                world.twin.removeFlag(String.format("many-%03d", world.sent.size()));
            }
        };

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, world::find);

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
    }

    /** {@code totalCount} says how many there are: fewer are not all. */
    @Test
    void aListThatEndsBeforeItsNumberIsNotTakenForComplete() {
        world.answer = changed("\"totalCount\":1", "\"totalCount\":2");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, world::find);

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
    }

    /** {@code _links.next.href} is what an answer says: the token must not go where it leads. */
    @Test
    void linksAreNotFollowed() {
        many(150);
        world.answer = changed("\"href\":\"/api/v2", "\"href\":\"https://launchdarkly.example.net/api/v2");

        assertThat(world.find()).hasSize(151);

        assertThat(world.sent)
                .allMatch(request -> request.address().isEmpty())
                .allMatch(request -> request.path().equals("/api/v2/flags/checkout"));
    }

    /** {@code X-Ratelimit-Reset} is in milliseconds since 1970, and comes with the count of the account or of the route. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLimitOfTheAccountOrOfTheRouteIsWaitedForUntilItsReset(boolean ofTheRoute) {
        Order order = world.order();
        Instant start = world.clock.instant();
        world.twin.limit(0, ofTheRoute);

        Answer answer = world.apply(order);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(Duration.between(start, world.clock.instant()))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(12));
    }

    /** The header holds the bare token, no scheme, and the version of the API, without which the account's own is used. */
    @Test
    void eachRequestNamesTheVersionThatTheConnectorWasWrittenFor() {
        world.apply(world.order());

        assertThat(world.sent)
                .isNotEmpty()
                .allSatisfy(request -> assertThat(request.headers())
                        .containsEntry("LD-API-Version", "20240415")
                        .containsEntry("Authorization", world.twin.token()));
    }

    /** 404 is the answer for an unknown project as for an unknown flag. */
    @Test
    void aFlagOfAnUnknownProjectIsNotGone() {
        try (Reader reader = world.connector.reader(world.connection("nowhere"))) {
            Order order = world.order();

            assertThat(reader.look(List.of(order)).get(0).progress()).isEqualTo(Progress.UNKNOWN);
            assertThat(catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE))
                            .kind())
                    .isEqualTo(Kind.NOT_FOUND);
        }
    }

    /** 404 is also the answer to what a token may not do. */
    @Test
    void aChangeThatIsAnsweredWith404OfAFlagThatIsThereIsAMissingRight() {
        Order order = world.order();
        world.twin.faults().next(Faults.request("PATCH", ".*")).answer(404, "application/json", "{}");

        assertThat(LaunchDarklyWorld.failure(world.apply(order)).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    /** 405: where an environment requires approvals. */
    @Test
    void aChangeThatNeedsAnApprovalIsAConflictAndSaysSo() {
        Order order = world.order();
        world.twin.faults().next(Faults.request("PATCH", ".*")).answer(405, "application/json", "{}");

        ConnectorException failure = LaunchDarklyWorld.failure(world.apply(order));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure.remedy()).contains("approvals");
    }

    /** The list does not show targeting, but every change of it moves the version. */
    @Test
    void aFlagWhoseTargetingChangedIsNoLongerTheOneOfThePlan() {
        String planned = world.listed(LaunchDarklyWorld.KEY).fingerprint();

        switchOff();

        assertThat(world.listed(LaunchDarklyWorld.KEY).fingerprint()).isNotEqualTo(planned);
    }

    @Test
    void theConnectorSaysThatItIsExperimental() {
        assertThat(world.connector.descriptor().experimental()).isTrue();
    }

    @Test
    void theListTellsNothingOfUse() {
        assertThat(world.listed(LaunchDarklyWorld.KEY).use()).isEqualTo(new Use.NotTold());
    }

    @Test
    void theTokenIsInNoMessage() {
        Order order = world.order();
        world.twin
                .faults()
                .next(Faults.request("PATCH", ".*"))
                .answer(403, "application/json", "{\"message\":\"" + world.twin.token() + "\"}");

        ConnectorException failure = LaunchDarklyWorld.failure(world.apply(order));

        assertThat(failure.getMessage() + failure.remedy()).doesNotContain(world.twin.token());
    }

    private void switchOff() {
        world.twin.changeFlag(LaunchDarklyWorld.KEY, "/environments/production/on", BooleanNode.FALSE);
    }

    private void many(int count) {
        IntStream.range(0, count).forEach(index -> world.twin.addFlag(String.format("many-%03d", index), List.of()));
    }

    private static Consumer<Request> onThePatch(Runnable somebody) {
        return request -> {
            if (request.method().equals("PATCH")) {
                somebody.run();
            }
        };
    }

    private static UnaryOperator<Response> changed(String from, String to) {
        return response -> new Response(
                response.status(), response.headers(), response.body().replace(from, to));
    }

    private List<JsonNode> patches() {
        return world.sent.stream()
                .filter(request -> request.method().equals("PATCH"))
                .map(request -> request.body().orElseThrow())
                .toList();
    }
}
