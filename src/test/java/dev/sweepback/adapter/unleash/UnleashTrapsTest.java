package dev.sweepback.adapter.unleash;

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
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.Traffic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Unleash does that a client would not expect, one test or more for each, by number. The twin does it too. */
class UnleashTrapsTest extends FlagStory {

    private static final String PRODUCTION = "production";

    private void addOn(String flag) {
        add(flag);
        twin.addStrategy(flag, PRODUCTION, json().put("name", "default"));
        twin.setEnabled(flag, PRODUCTION, true);
    }

    private boolean isOn(String flag) {
        return twin.dump()
                .at("/flag:" + flag + "/environments/production/enabled")
                .asBoolean();
    }

    private State state(String flag) {
        return ((Capture.Present) capture(flag)).state();
    }

    /** Undo, while somebody does something right before a request like this is sent: method and the end of the path. */
    private Answer revertWhile(String method, String path, Runnable somebody, Reversal reversal) {
        UnaryOperator<Http> meanwhile = next -> request -> {
            if (request.toString().startsWith(method) && request.toString().contains(path)) {
                somebody.run();
            }
            return next.send(request);
        };
        try (HttpClients clients = new HttpClients(clock::advance, meanwhile);
                Writer writer = new UnleashFlags(clients, reference -> new Secret(twin.token())).writer(connection())) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    private ConnectorException refused(String token, Connection connection) {
        try (Reader reader = connector(token).reader(connection)) {
            return catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));
        }
    }

    /**
     * 1: a revived flag is off everywhere and has lost its parent. Recordings: {@code feature-get-revived}, {@code
     * reapply-dependency}, {@code reapply-env-on}, {@code feature-get-rich}.
     */
    @Test
    void undoSwitchesOnAgainWhatRevivingSwitchedOffAndGivesTheParentBack() {
        addOn("parent");
        addOn("child");
        twin.setParent("child", "parent");
        ObjectNode before = withoutBookkeeping(twin.dump());
        List<Order> orders = Stream.of("child", "parent").map(this::order).toList();
        apply(orders);

        List<Answer> answers = revert(orders.stream().map(this::reversal).toList());

        assertThat(answers).allMatch(Answer.Accepted.class::isInstance);
        assertThat(withoutBookkeeping(twin.dump())).isEqualTo(before);
    }

    /** 1: a parent must live before a child can be given back to it. Recording: {@code dependency-on-archived-parent}. */
    @Test
    void aParentIsWholeAgainBeforeItsChildrenAreGivenBackToIt() {
        addOn("parent");
        add("child");
        twin.setParent("child", "parent");
        List<Order> orders = Stream.of("child", "parent").map(this::order).toList();
        apply(orders);
        List<Reversal> reversals = orders.stream().map(this::reversal).toList();
        twin.traffic().clear();

        try (Writer writer = connector(twin.token()).writer(connection(1))) {
            assertThat(writer.revert(reversals)).allMatch(Answer.Accepted.class::isInstance);
        }

        assertThat(twin.traffic().exchanges())
                .filteredOn(exchange -> exchange.method().equals("POST"))
                .extracting(Traffic.Exchange::path)
                .containsExactly(
                        "/api/admin/projects/default/revive",
                        "/api/admin/projects/default/features/parent/environments/production/on",
                        "/api/admin/projects/default/features/child/dependencies");
    }

    /**
     * 2: reviving a flag by itself switches off one that lives; in a batch it is passed over. Recordings: {@code
     * feature-revive-on-live-flag}, {@code batch-revive-on-live-flag}.
     */
    @Test
    void aFlagThatSomebodyRevivesAtTheSameMomentIsNotSwitchedOffByUndo() {
        addOn("a");
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);

        Answer answer = revertWhile("POST", "revive", () -> reviveByHand("a"), reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(twin.events("feature-revived", "a")).isEqualTo(1);
        assertThat(twin.events("feature-environment-enabled", "a")).isEqualTo(2);
        assertThat(isOn("a")).isTrue();
    }

    private void reviveByHand(String flag) {
        twin.revive(flag);
        twin.setEnabled(flag, PRODUCTION, true);
    }

    /** 3: a second archive stamps the flag again and adds an event. Recording: {@code feature-archive-again}, {@code batch-archive-already-archived}. */
    @Test
    void aFlagThatIsInTheArchiveIsNotPutThereASecondTime() {
        add("a", "b");
        List<Order> orders = Stream.of("a", "b").map(this::order).toList();
        twin.archive("default", "a");
        State first = state("a");
        clock.advance(Duration.ofHours(1));

        List<Answer> answers = apply(orders);

        assertThat(answers).allMatch(Answer.Accepted.class::isInstance);
        assertThat(state("a")).isEqualTo(first);
        assertThat(twin.events("feature-archived", "a")).isEqualTo(1);
    }

    /** 4: a batch is accepted whatever becomes of it. Recording: {@code batch-archive-unknown}. */
    @Test
    void thatABatchWasAcceptedDoesNotMeanThatAFlagIsArchived() {
        add("a");
        Order order = order("a");
        twin.faults()
                .next(Faults.request("POST", "/api/admin/projects/default/archive"))
                .answer(202, "application/json", "");

        Answer answer = apply(List.of(order)).get(0);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(look(order).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    /** 4: nor that one is revived. Recordings: {@code batch-revive-deleted}, {@code batch-revive-mixed}. */
    @Test
    void thatABatchWasAcceptedDoesNotMeanThatAFlagIsRevived() {
        add("a");
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        twin.faults()
                .next(Faults.request("POST", "/api/admin/projects/default/revive"))
                .answer(200, "application/json", "");

        Answer answer = revert(List.of(reversal)).get(0);

        assertThat(failure(answer).kind()).isEqualTo(Kind.TIMEOUT);
        assertThat(look(reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    /**
     * 5: an environment that is switched on without an enabled strategy gets one for everybody. Recording: {@code
     * env-on-all-strategies-disabled}.
     */
    @Test
    void aStrategyThatUnleashAddsWhenItSwitchesOnIsNoticed() {
        addOn("a");
        String strategy = state("a")
                .content()
                .at("/environments/production/strategies")
                .propertyNames()
                .iterator()
                .next();
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);

        Answer answer = revertWhile("POST", "production/on", () -> disableByHand("a", strategy), reversal);

        assertThat(failure(answer).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure(answer)).hasMessageContaining("/environments/production/strategies");
        assertThat(look(reversal).progress()).isEqualTo(Progress.FOREIGN);
    }

    private void disableByHand(String flag, String strategy) {
        http.writing(connection())
                .send(Request.of(
                                "PATCH",
                                "/api/admin/projects/default/features/{}/environments/production/strategies/{}",
                                flag,
                                strategy)
                        .header("Authorization", twin.token())
                        .body(JsonMapper.shared()
                                .readTree("[{\"op\":\"replace\",\"path\":\"/disabled\",\"value\":true}]")));
    }

    /** 6: a page of more than a hundred silently becomes one of fifty. Recording: {@code search-limit-over-100-falls-to-50}. */
    @Test
    void everyFlagIsListedHoweverManyThereAre() {
        addMany(230);

        assertThat(find()).hasSize(230).extracting(Resource::name).doesNotHaveDuplicates();
    }

    private void addMany(int count) {
        IntStream.range(0, count).mapToObj("flag-%03d"::formatted).forEach(this::add);
    }

    /** 6: archiving between two pages moves the next one on. Recordings: {@code search-page1}, {@code search-page2}. */
    @Test
    void flagsThatAreArchivedWhileTheListIsReadHideNoOthers() {
        addMany(130);
        AtomicBoolean done = new AtomicBoolean();
        UnaryOperator<Http> meanwhile = next -> request -> {
            Response response = next.send(request);
            if (request.toString().contains("search") && done.compareAndSet(false, true)) {
                IntStream.range(0, 20).mapToObj("flag-%03d"::formatted).forEach(flag -> twin.archive("default", flag));
            }
            return response;
        };

        try (HttpClients clients = new HttpClients(clock::advance, meanwhile);
                Reader reader = new UnleashFlags(clients, reference -> new Secret(twin.token())).reader(connection())) {
            assertThat(reader.find(Scope.WHOLE).resources())
                    .hasSize(110)
                    .extracting(Resource::name)
                    .contains("flag-100", "flag-119")
                    .doesNotContain("flag-000");
        }
    }

    /** 6: a project that does not exist has no flags, says the search. Recording: {@code search-unknown-project}. */
    @Test
    void anUnknownProjectIsAnErrorAndNotAnEmptyList() {
        ConnectorException failure = refused(twin.token(), ofProject("nope"));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("'nope'");
    }

    private Connection ofProject(String project) {
        return new Connection(
                "unleash",
                "unleash",
                "test",
                twin.url(),
                Map.of("project", project),
                Map.of("token", new SecretRef.Environment("TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
    }

    /**
     * 10: the stage of its life is written late, and one address tells another than the next. Recordings: {@code
     * search-limit-over-100-falls-to-50}, {@code feature-get-revived}, {@code feature-lifecycle-get}.
     */
    @Test
    void theStageOfAFlagSelectsNothingAndIsNoChangeWheneverItIsWritten() {
        add("a");
        State before = state("a");
        Resource listed = resource("a");

        twin.evaluate("a", "shop", PRODUCTION);

        assertThat(twin.dump().at("/flag:a/bookkeeping/lifecycle/stage").asString())
                .isEqualTo("live");
        assertThat(state("a")).isEqualTo(before);
        assertThat(resource("a").fingerprint()).isEqualTo(listed.fingerprint());
        assertThat(resource("a").fields()).doesNotContainKeys("lifecycle", "stage");
        assertThat(resource("a").use()).isEqualTo(new Use.At(clock.instant()));
    }

    /** 10: nothing keeps two writers apart, so that undo must look for what somebody else has written. Recording: {@code feature-put-archived}. */
    @Test
    void whatSomebodyElseWroteInTheMeantimeIsLeftAlone() {
        addOn("a");
        Order order = order("a");
        apply(List.of(order));
        Reversal reversal = reversal(order);
        twin.changeFlag("a", json().put("description", "kept for the audit"));

        Answer answer = revert(List.of(reversal)).get(0);

        assertThat(failure(answer).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(twin.isLive("a")).isFalse();
    }

    /** 11: a missing right is a 403. Recordings: {@code forbidden-viewer-archive}, {@code forbidden-viewer-batch-archive}. */
    @Test
    void aMissingRightIsToldByItsNameAndNotByTheStatus() {
        add("a");
        Order order = order("a");

        try (Writer writer = connector(twin.viewerToken()).writer(connection())) {
            ConnectorException failure = failure(writer.apply(List.of(order)).get(0));

            assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
            assertThat(failure).hasMessageContaining("DELETE_FEATURE");
        }
    }

    /** 11: a rule of business is a 403 too. Recordings: {@code archive-parent-with-child-batch}, {@code archive-parent-with-child}. */
    @Test
    void aFlagThatOthersDependOnIsAConflictAndNoMissingRight() {
        add("parent", "child");
        twin.setParent("child", "parent");

        ConnectorException failure = failure(apply(List.of(order("parent"))).get(0));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure.remedy()).contains("archive the flags that depend on it first");
    }

    /**
     * 11: a token of the wrong kind is a 403 without a name, a wrong one and none a 401. Recordings: {@code
     * auth-backend-token-archive}, {@code auth-bad-token}, {@code auth-none}.
     */
    @Test
    void aTokenOfTheWrongKindIsNoMissingRight() {
        ConnectorException wrongKind = refused(twin.backendToken(), connection());
        ConnectorException unknown = refused("*:*.unknown", connection());

        assertThat(wrongKind.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(wrongKind.remedy()).contains("admin token");
        assertThat(unknown.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }
}
