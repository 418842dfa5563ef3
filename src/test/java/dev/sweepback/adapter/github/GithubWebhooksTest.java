package dev.sweepback.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SendWindow;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.GithubLimit;
import dev.sweepback.sandbox.GithubTwin;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class GithubWebhooksTest {

    private final GithubWorld world = GithubWorld.ofARepository();
    private final SettableClock clock = world.clock;
    private final GithubTwin twin = world.twin;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void theNameHidesTheAddressAndTheHandlesHaveIt() {
        world.hook("a-secret");

        Resource resource = world.find().get(0);

        assertThat(resource.name()).startsWith("https://dten.example.com/v2/…#").doesNotContain("k9-credential");
        assertThat(resource.toString()).doesNotContain("k9-credential");
        assertThat(resource.handles()).containsExactly(GithubWorld.TARGET, "/v2/hook/k9-credential");
    }

    @Test
    void undoOfRemovalSaysWhatIsLostAndTheSecretOnlyWhereThereIsOne() {
        world.hook("a-secret");
        twin.addHook("https://open.example.com/", List.of("push"), null, true);

        Resource signed = world.find().get(0);
        Resource open = world.find().get(1);

        assertThat(world.connector
                        .reversible("remove", signed, Instructions.NONE)
                        .lost())
                .containsExactly("id", "delivery history", "secret");
        assertThat(world.connector.reversible("remove", open, Instructions.NONE).lost())
                .containsExactly("id", "delivery history");
        assertThat(world.connector
                        .reversible("disable", signed, Instructions.NONE)
                        .reversibility())
                .isEqualTo(Reversibility.EXACT);
    }

    @Test
    void disablingAndEnablingKeepsTheSecret() {
        long id = world.hook("a-secret");
        Order order = world.order(id, "disable");

        world.apply(order);
        world.revert(world.reversal(order, clock));

        assertThat(twin.secretOf(id)).contains("a-secret");
        assertThat(world.sent())
                .filteredOn(request -> request.method().equals("PATCH"))
                .allSatisfy(request ->
                        assertThat(request.body().orElseThrow().propertyNames()).containsExactly("active"));
    }

    @Test
    void theMaskOfASecretIsNeverSentBackOrKept() {
        long id = world.hook("a-secret");
        Order order = world.order(id, "remove");
        world.apply(order);

        world.revert(world.reversal(order, clock));

        assertThat(new String(order.before().bytes(), StandardCharsets.UTF_8)).doesNotContain("****");
        assertThat(world.sent())
                .allSatisfy(request -> assertThat(
                                request.body().map(Object::toString).orElse(""))
                        .doesNotContain("****"));
        assertThat(twin.secretOf(twin.hookIds().get(0))).isEmpty();
    }

    @Test
    void aRecreatedHookIsFoundUnderItsNewNumber() {
        Order order = world.order(world.hook(null), "remove");
        world.apply(order);
        Reversal reversal = world.reversal(order, clock);

        world.revert(reversal);

        Look look = world.look(reversal);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(look.resource()).isNotEqualTo(order.resource());
        assertThat(look.resource().id()).isEqualTo(Long.toString(twin.hookIds().get(0)));
    }

    @Test
    void aRecreatedHookIsOursThoughOurClockIsAheadAndTheAnswerWasLost() {
        Order order = world.order(world.hook(null), "remove");
        world.apply(order);
        Clock ahead = Clock.offset(clock, Duration.ofSeconds(90));
        Reversal reversal = world.reversal(order, ahead);

        assertThat(world.revert(anotherProcess(ahead), reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(world.look(anotherProcess(ahead), reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(world.revert(anotherProcess(ahead), reversal)).isInstanceOf(Answer.Accepted.class);
        assertThat(twin.hookIds()).hasSize(1);
    }

    @Test
    void aHookThatGitHubSaidItCreatedIsOursWhateverTheClocks() {
        Order order = world.order(world.hook(null), "remove");
        world.apply(order);
        Reversal reversal = world.reversal(order, Clock.offset(clock, Duration.ofHours(1)));

        assertThat(world.revert(reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void aHookThatSomebodyPutInThePlaceOfOursIsNotOurs() {
        Order order = world.order(world.hook(null), "remove");
        world.apply(order);
        Reversal reversal = world.reversal(order, clock);
        world.revert(reversal);
        twin.removeHook(twin.hookIds().get(0));
        world.hook(null);

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.FOREIGN);
    }

    @Test
    void aSignedHookIsNeverOursAsNoneIsCreatedWithASecret() {
        Order order = world.order(world.hook("a-secret"), "remove");
        world.apply(order);
        Reversal reversal = world.reversal(order, clock);
        clock.advance(Duration.ofMinutes(20));
        world.hook("by-hand");

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(GithubWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void disablingAHookThatIsGoneIsNoFailure() {
        Order order = world.order(world.hook(null), "disable");
        twin.removeHook(Long.parseLong(order.resource().id()));

        assertThat(world.apply(order)).isInstanceOf(Answer.Accepted.class);
        Look look = world.look(order);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(look.now()).isInstanceOf(Capture.Absent.class);
    }

    @Test
    void aDisabledHookThatIsGoneIsAConflictForUndo() {
        Order order = world.order(world.hook(null), "disable");
        world.apply(order);
        Reversal reversal = world.reversal(order, clock);
        twin.removeHook(Long.parseLong(order.resource().id()));

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(GithubWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(twin.hookIds()).isEmpty();
    }

    @Test
    void aTokenThatMayOnlyReadIsSaidWhenItDisables() {
        Order order = world.order(world.hook(null), "disable");
        twin.faults()
                .next(request -> request.method().equals("PATCH"))
                .answer(404, "application/json", "{\"message\":\"Not Found\"}");

        assertThat(GithubWorld.failure(world.apply(order)).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void furtherPagesAreReadUnderTheNumberOfTheRepository() {
        for (int index = 0; index < 101; index++) {
            twin.addHook("https://example.com/" + index, List.of("push"), null, true);
        }

        assertThat(world.find()).hasSize(101);
        assertThat(world.sent()).extracting(Request::path).contains("/repositories/1296269/hooks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "."})
    void anIdThatLeadsElsewhereIsNotKnownAndNotAsked(String id) {
        Capture capture = world.capture(new ResourceRef("webhook", "github", id));

        assertThat(capture)
                .isInstanceOfSatisfying(
                        Capture.Unknown.class,
                        unknown -> assertThat(unknown.error()).hasMessageContaining("connection 'github'"));
        assertThat(world.sent()).noneMatch(request -> request.path().endsWith("hooks/" + id));
    }

    /** Knows nothing of what was answered before. */
    private GithubWebhooks anotherProcess(Clock its) {
        return world.process(world.http, its);
    }

    @Test
    void aHookThatWasDisabledAndThenRemovedComesBackActive() {
        Order disabling = world.order(world.hook("a-secret"), "disable");
        world.apply(disabling);
        State disabled = ((Capture.Present) world.capture(disabling.resource())).state();
        Order removing = world.order(Long.parseLong(disabling.resource().id()), "remove");
        world.apply(removing);
        Reversal ofRemoving = world.reversal(removing, clock);
        world.revert(ofRemoving);
        Reversal ofDisabling = new Reversal(
                new OperationId("revert-2"),
                world.look(ofRemoving).resource(),
                "disable",
                disabling.before(),
                disabled,
                clock.instant(),
                Instructions.NONE);
        assertThat(world.look(ofDisabling).progress()).isEqualTo(Progress.NOT_BEGUN);

        world.revert(ofDisabling);

        assertThat(world.look(ofDisabling).progress()).isEqualTo(Progress.DONE);
        State now = ((Capture.Present) world.capture(ofDisabling.resource())).state();
        assertThat(disabling.before().differences(now)).containsExactly("/signed");
    }

    /** One had taken the place of the other before: GitHub would not let both be there. */
    @Test
    void whatUndoCreatedForOneHookIsNotTakenForAnotherThatWasLikeIt() {
        Order older = world.order(world.hook(null), "remove");
        world.apply(older);
        Order newer = world.order(world.hook(null), "remove");
        world.apply(newer);
        Reversal ofNewer = world.reversal(newer);
        world.revert(ofNewer);
        Reversal ofOlder = new Reversal(
                new OperationId("revert-2"),
                older.resource(),
                older.action(),
                older.before(),
                State.ABSENT,
                clock.instant(),
                older.instructions());

        assertThat(world.look(ofOlder).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(((Answer.Failed) world.revert(ofOlder)).error().kind()).isEqualTo(Kind.CONFLICT);
        assertThat(world.hookIds()).hasSize(1);
    }

    @Test
    void aHookThatSomebodyPutBackEarlierIsForeign() {
        Order order = world.order(world.hook(null), "remove");
        world.apply(order);
        world.hook(null);
        clock.advance(Duration.ofMinutes(5));
        Reversal reversal = world.reversal(order, clock);

        Look look = world.look(reversal);
        Answer answer = world.revert(reversal);

        assertThat(look.progress()).isEqualTo(Progress.FOREIGN);
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(twin.hookIds()).hasSize(1);
    }

    @Test
    void aClockThatIsAMinuteBehindDoesNotHideOurOwnHook() {
        Order order = world.order(world.hook(null), "remove");
        world.apply(order);
        SettableClock ahead = new SettableClock();
        ahead.advance(Duration.ofSeconds(59));
        Reversal reversal = world.reversal(order, ahead);

        world.revert(reversal);

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void theRateLimitIsNotAMissingRight() {
        world.hook(null);
        twin.limit(new GithubLimit.Primary(403, 0));

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, world::find);

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
    }

    @Test
    void aHookOfARepositoryThatCannotBeSeenIsNotTakenForGone() {
        ResourceRef hook = world.order(world.hook(null), "disable").resource();
        try (Reader reader = world.connector.reader(world.connection(Map.of("repository", "acme/other")))) {
            Capture capture = reader.capture(List.of(hook)).get(0);

            assertThat(capture)
                    .isInstanceOfSatisfying(
                            Capture.Unknown.class,
                            unknown -> assertThat(unknown.error().kind()).isEqualTo(Kind.NOT_FOUND));
        }
    }

    @Test
    void anInvisibleRepositoryIsAnErrorThatNamesBothCauses() {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> {
            try (Reader reader = world.connector.reader(world.connection(Map.of("repository", "acme/other")))) {
                reader.find(Scope.WHOLE);
            }
        });

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure.remedy()).contains("repository").contains("Webhooks: read and write");
    }

    @Test
    void aRemovalThatIsAnsweredWith404WhileTheHookIsThereIsARefusal() {
        Order order = world.order(world.hook(null), "remove");
        twin.faults()
                .next(Faults.request("DELETE", ".*"))
                .answer(404, "application/json", "{\"message\":\"Not Found\"}");

        Answer answer = world.apply(order);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.FORBIDDEN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<http://127.0.0.1:1/repositories/1/hooks>; rel=\"next\"",
                "<http://not an address/hooks>; rel=\"next\"",
                "/repositories/1/hooks?page=2; rel=\"next\""
            })
    void aNextPageThatIsElsewhereOrCannotBeReadEndsTheListInAnError(String link) {
        for (int index = 0; index < 101; index++) {
            twin.addHook("https://many.example.com/" + index, List.of("push"), null, true);
        }
        HttpClients lured = new HttpClients(clock::advance, next -> request -> {
            Response response = next.send(request);
            return new Response(
                    response.status(), Map.of("content-type", "application/json", "link", link), response.body());
        });
        try (lured;
                Reader reader = world.process(lured, clock).reader(world.connection())) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));

            assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    /** GitHub allows 5,000 requests in an hour: what each undo lists again is missing elsewhere. */
    @Test
    void undoOfManyRemovalsListsAllHooksOnceForTheBatchAndNotAgainForWhatItCreated() {
        List<Reversal> reversals = IntStream.range(0, 5)
                .mapToObj(index -> {
                    Order order = world.order(world.hook("https://example.com/" + index, null), "remove");
                    world.apply(order);
                    Reversal reversal = world.reversal(order);
                    return new Reversal(
                            new OperationId("revert-" + index),
                            reversal.resource(),
                            reversal.action(),
                            reversal.before(),
                            reversal.after(),
                            reversal.announcedAt(),
                            reversal.instructions());
                })
                .toList();
        world.exchanges.clear();

        try (Writer writer = world.connector.writer(world.connection());
                Reader reader = world.connector.reader(world.connection())) {
            assertThat(writer.revert(reversals)).allMatch(Answer.Accepted.class::isInstance);
            assertThat(reader.look(List.copyOf(reversals)))
                    .extracting(Look::progress)
                    .containsOnly(Progress.DONE);
        }

        assertThat(world.hookIds()).hasSize(5);
        assertThat(world.sent())
                .filteredOn(request -> request.query().contains("per_page=100"))
                .hasSize(1);
    }

    @Test
    void aBatchWhoseTimeIsUsedUpByItsFirstRequestSendsNoOther() {
        List<Order> orders =
                List.of(world.order(world.hook(null), "disable"), world.order(world.hook(null), "disable"));
        AtomicBoolean usedUp = new AtomicBoolean();
        HttpClients slow = new HttpClients(
                clock::advance,
                next -> request -> usedUp.getAndSet(true)
                        ? SendWindow.within(Duration.ZERO, () -> next.send(request))
                        : next.send(request));
        twin.traffic().clear();
        try (slow;
                Writer writer = world.process(slow, clock).writer(world.connection())) {
            List<Answer> answers = writer.apply(orders);

            assertThat(twin.traffic().total()).isEqualTo(1);
            assertThat(answers).filteredOn(Answer.Accepted.class::isInstance).hasSize(1);
            assertThat(answers)
                    .filteredOn(Answer.Failed.class::isInstance)
                    .singleElement()
                    .satisfies(answer -> assertThat(GithubWorld.failure(answer)).hasMessageContaining("was not sent"));
        }
    }

    @Test
    void aChangedHookHasAnotherFingerprintAndADeliveryChangesNothing() {
        long id = world.hook(null);
        String before = world.find().get(0).fingerprint();

        twin.deliver("push", 200);
        assertThat(world.find().get(0).fingerprint()).isEqualTo(before);

        twin.changeHook(id, JsonMapper.shared().createObjectNode().put("active", false));
        assertThat(world.find().get(0).fingerprint()).isNotEqualTo(before);
    }
}
