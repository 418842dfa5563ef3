package dev.sweepback.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.SendWindow;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.GithubTwin;
import dev.sweepback.sandbox.Sandbox;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class GithubWebhooksTest {

    private static final String TARGET = "https://dten.example.com/v2/hook/k9-credential";

    private final SettableClock clock = new SettableClock();
    private final Sandbox sandbox = Sandbox.start(clock);
    private final GithubTwin twin = sandbox.github();
    private final List<Request> sent = new CopyOnWriteArrayList<>();
    private final HttpClients http = new HttpClients(clock::advance, this::recorded);
    private final GithubWebhooks connector = new GithubWebhooks(
            http, reference -> new Secret(twin.token()), clock, new Redaction("key".getBytes(StandardCharsets.UTF_8)));

    @AfterEach
    void close() {
        http.close();
        sandbox.close();
    }

    @Test
    void theNameHidesTheAddressAndTheHandlesHaveIt() {
        hook("a-secret");

        Resource resource = find().get(0);

        assertThat(resource.name()).startsWith("https://dten.example.com/v2/…#").doesNotContain("k9-credential");
        assertThat(resource.toString()).doesNotContain("k9-credential");
        assertThat(resource.handles()).containsExactly(TARGET, "/v2/hook/k9-credential");
    }

    @Test
    void undoOfRemovalSaysWhatIsLostAndTheSecretOnlyWhereThereIsOne() {
        hook("a-secret");
        twin.addHook("https://open.example.com/", List.of("push"), null, true);

        Resource signed = find().get(0);
        Resource open = find().get(1);

        assertThat(connector.reversible("remove", signed, Instructions.NONE).lost())
                .containsExactly("id", "delivery history", "secret");
        assertThat(connector.reversible("remove", open, Instructions.NONE).lost())
                .containsExactly("id", "delivery history");
        assertThat(connector.reversible("disable", signed, Instructions.NONE).reversibility())
                .isEqualTo(Reversibility.EXACT);
    }

    @Test
    void disablingAndEnablingKeepsTheSecret() {
        long id = hook("a-secret");
        Order order = order(id, "disable");

        apply(order);
        revert(reversal(order, clock));

        assertThat(twin.secretOf(id)).contains("a-secret");
        assertThat(sent)
                .filteredOn(request -> request.method().equals("PATCH"))
                .allSatisfy(request ->
                        assertThat(request.body().orElseThrow().propertyNames()).containsExactly("active"));
    }

    @Test
    void theMaskOfASecretIsNeverSentBackOrKept() {
        long id = hook("a-secret");
        Order order = order(id, "remove");
        apply(order);

        revert(reversal(order, clock));

        assertThat(new String(order.before().bytes(), StandardCharsets.UTF_8)).doesNotContain("****");
        assertThat(sent)
                .allSatisfy(request -> assertThat(
                                request.body().map(Object::toString).orElse(""))
                        .doesNotContain("****"));
        assertThat(twin.secretOf(twin.hookIds().get(0))).isEmpty();
    }

    @Test
    void aRecreatedHookIsFoundUnderItsNewNumber() {
        Order order = order(hook(null), "remove");
        apply(order);
        Reversal reversal = reversal(order, clock);

        revert(reversal);

        Look look = look(reversal);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(look.resource()).isNotEqualTo(order.resource());
        assertThat(look.resource().id()).isEqualTo(Long.toString(twin.hookIds().get(0)));
    }

    @Test
    void aRecreatedHookIsOursThoughOurClockIsAheadAndTheAnswerWasLost() {
        Order order = order(hook(null), "remove");
        apply(order);
        Clock ahead = Clock.offset(clock, Duration.ofSeconds(90));
        Reversal reversal = reversal(order, ahead);

        assertThat(revert(anotherProcess(ahead), reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(look(anotherProcess(ahead), reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(revert(anotherProcess(ahead), reversal)).isInstanceOf(Answer.Accepted.class);
        assertThat(twin.hookIds()).hasSize(1);
    }

    @Test
    void aHookThatGitHubSaidItCreatedIsOursWhateverTheClocks() {
        Order order = order(hook(null), "remove");
        apply(order);
        Reversal reversal = reversal(order, Clock.offset(clock, Duration.ofHours(1)));

        assertThat(revert(reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void aHookThatSomebodyPutInThePlaceOfOursIsNotOurs() {
        Order order = order(hook(null), "remove");
        apply(order);
        Reversal reversal = reversal(order, clock);
        revert(reversal);
        twin.removeHook(twin.hookIds().get(0));
        hook(null);

        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
    }

    @Test
    void aSignedHookIsNeverOursAsNoneIsCreatedWithASecret() {
        Order order = order(hook("a-secret"), "remove");
        apply(order);
        Reversal reversal = reversal(order, clock);
        clock.advance(Duration.ofMinutes(20));
        hook("by-hand");

        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(failure(revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
    }

    @Test
    void disablingAHookThatIsGoneIsNoFailure() {
        Order order = order(hook(null), "disable");
        twin.removeHook(Long.parseLong(order.resource().id()));

        assertThat(apply(order)).isInstanceOf(Answer.Accepted.class);
        Look look = look(order);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(look.now()).isInstanceOf(Capture.Absent.class);
    }

    @Test
    void aDisabledHookThatIsGoneIsAConflictForUndo() {
        Order order = order(hook(null), "disable");
        apply(order);
        Reversal reversal = reversal(order, clock);
        twin.removeHook(Long.parseLong(order.resource().id()));

        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(failure(revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(twin.hookIds()).isEmpty();
    }

    @Test
    void aTokenThatMayOnlyReadIsSaidWhenItDisables() {
        Order order = order(hook(null), "disable");
        twin.faults()
                .next(request -> request.method().equals("PATCH"))
                .answer(404, "application/json", "{\"message\":\"Not Found\"}");

        assertThat(failure(apply(order)).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void furtherPagesAreReadUnderTheNumberOfTheRepository() {
        for (int index = 0; index < 101; index++) {
            twin.addHook("https://example.com/" + index, List.of("push"), null, true);
        }

        assertThat(find()).hasSize(101);
        assertThat(sent).extracting(Request::path).contains("/repositories/1296269/hooks");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "."})
    void anIdThatLeadsElsewhereIsNotKnownAndNotAsked(String id) {
        Capture capture = capture(new ResourceRef("webhook", "github", id));

        assertThat(capture)
                .isInstanceOfSatisfying(
                        Capture.Unknown.class,
                        unknown -> assertThat(unknown.error()).hasMessageContaining("connection 'github'"));
        assertThat(sent).noneMatch(request -> request.path().endsWith("hooks/" + id));
    }

    private static ConnectorException failure(Answer answer) {
        return ((Answer.Failed) answer).error();
    }

    /** Knows nothing of what was answered before. */
    private GithubWebhooks anotherProcess(Clock its) {
        return process(http, its);
    }

    private GithubWebhooks process(HttpClients clients, Clock its) {
        return new GithubWebhooks(
                clients,
                reference -> new Secret(twin.token()),
                its,
                new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    private Answer revert(GithubWebhooks process, Reversal reversal) {
        try (Writer writer = process.writer(connection("acme/dten"))) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    private Look look(GithubWebhooks process, Task task) {
        try (Reader reader = process.reader(connection("acme/dten"))) {
            return reader.look(List.of(task)).get(0);
        }
    }

    @Test
    void aHookThatWasDisabledAndThenRemovedComesBackActive() {
        Order disabling = order(hook("a-secret"), "disable");
        apply(disabling);
        State disabled = ((Capture.Present) capture(disabling.resource())).state();
        Order removing = order(Long.parseLong(disabling.resource().id()), "remove");
        apply(removing);
        Reversal ofRemoving = reversal(removing, clock);
        revert(ofRemoving);
        Reversal ofDisabling = new Reversal(
                new OperationId("revert-2"),
                look(ofRemoving).resource(),
                "disable",
                disabling.before(),
                disabled,
                clock.instant(),
                Instructions.NONE);
        assertThat(look(ofDisabling).progress()).isEqualTo(Progress.NOT_BEGUN);

        revert(ofDisabling);

        assertThat(look(ofDisabling).progress()).isEqualTo(Progress.DONE);
        State now = ((Capture.Present) capture(ofDisabling.resource())).state();
        assertThat(disabling.before().differences(now)).containsExactly("/signed");
    }

    @Test
    void aHookThatSomebodyPutBackEarlierIsForeign() {
        Order order = order(hook(null), "remove");
        apply(order);
        hook(null);
        clock.advance(Duration.ofMinutes(5));
        Reversal reversal = reversal(order, clock);

        Look look = look(reversal);
        Answer answer = revert(reversal);

        assertThat(look.progress()).isEqualTo(Progress.FOREIGN);
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(twin.hookIds()).hasSize(1);
    }

    @Test
    void aClockThatIsAMinuteBehindDoesNotHideOurOwnHook() {
        Order order = order(hook(null), "remove");
        apply(order);
        SettableClock ahead = new SettableClock();
        ahead.advance(Duration.ofSeconds(59));
        Reversal reversal = reversal(order, ahead);

        revert(reversal);

        assertThat(look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void theRateLimitIsNotAMissingRight() {
        hook(null);
        twin.limitTo(0);

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, this::find);

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.retryable()).isTrue();
    }

    @Test
    void anInvisibleRepositoryIsAnErrorThatNamesBothCauses() {
        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> {
            try (Reader reader = connector.reader(connection("acme/other"))) {
                reader.find(Scope.WHOLE);
            }
        });

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure.remedy()).contains("repository").contains("Webhooks: read and write");
    }

    @Test
    void aRemovalThatIsAnsweredWith404WhileTheHookIsThereIsARefusal() {
        Order order = order(hook(null), "remove");
        twin.faults()
                .next(Faults.request("DELETE", ".*"))
                .answer(404, "application/json", "{\"message\":\"Not Found\"}");

        Answer answer = apply(order);

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
                Reader reader = process(lured, clock).reader(connection("acme/dten"))) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));

            assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        }
    }

    @Test
    void aBatchWhoseTimeIsUsedUpByItsFirstRequestSendsNoOther() {
        List<Order> orders = List.of(order(hook(null), "disable"), order(hook(null), "disable"));
        AtomicBoolean usedUp = new AtomicBoolean();
        HttpClients slow = new HttpClients(
                clock::advance,
                next -> request -> usedUp.getAndSet(true)
                        ? SendWindow.within(Duration.ZERO, () -> next.send(request))
                        : next.send(request));
        twin.traffic().clear();
        try (slow;
                Writer writer = process(slow, clock).writer(connection("acme/dten"))) {
            List<Answer> answers = writer.apply(orders);

            assertThat(twin.traffic().total()).isEqualTo(1);
            assertThat(answers.get(0)).isInstanceOf(Answer.Accepted.class);
            assertThat(failure(answers.get(1))).hasMessageContaining("was not sent");
        }
    }

    @Test
    void aChangedHookHasAnotherFingerprintAndADeliveryChangesNothing() {
        long id = hook(null);
        String before = find().get(0).fingerprint();

        twin.deliver("push", 200);
        assertThat(find().get(0).fingerprint()).isEqualTo(before);

        twin.changeHook(id, JsonMapper.shared().createObjectNode().put("active", false));
        assertThat(find().get(0).fingerprint()).isNotEqualTo(before);
    }

    private Http recorded(Http next) {
        return request -> {
            sent.add(request);
            return next.send(request);
        };
    }

    private long hook(@Nullable String secret) {
        return twin.addHook(TARGET, List.of("release", "push"), secret, true);
    }

    private Connection connection(String repository) {
        return new Connection(
                "github",
                "github",
                "test",
                twin.url(),
                Map.of("repository", repository),
                Map.of("token", new SecretRef.Environment("TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
    }

    private List<Resource> find() {
        try (Reader reader = connector.reader(connection("acme/dten"))) {
            return reader.find(Scope.WHOLE).resources();
        }
    }

    private Order order(long id, String action) {
        ResourceRef ref = new ResourceRef("webhook", "github", Long.toString(id));
        Capture.Present now = (Capture.Present) capture(ref);
        return new Order(new OperationId("apply"), ref, action, now.state(), clock.instant(), Instructions.NONE);
    }

    private Capture capture(ResourceRef ref) {
        try (Reader reader = connector.reader(connection("acme/dten"))) {
            return reader.capture(List.of(ref)).get(0);
        }
    }

    private Reversal reversal(Order order, Clock now) {
        State after = capture(order.resource()) instanceof Capture.Present present ? present.state() : State.ABSENT;
        return new Reversal(
                new OperationId("revert"),
                order.resource(),
                order.action(),
                order.before(),
                after,
                now.instant(),
                Instructions.NONE);
    }

    private Answer apply(Order order) {
        try (Writer writer = connector.writer(connection("acme/dten"))) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    private Answer revert(Reversal reversal) {
        return revert(connector, reversal);
    }

    private Look look(Task task) {
        return look(connector, task);
    }
}
