package dev.sweepback.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Use;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.GithubDelivery;
import dev.sweepback.sandbox.GithubLimit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where GitHub would lead a careless connector astray. Each test names what it rests on. */
class GithubTrapsTest {

    private GithubWorld world = GithubWorld.ofARepository();

    @AfterEach
    void close() {
        world.close();
    }

    private void on(GithubWorld other) {
        world.close();
        world = other;
    }

    private void on(String owner) {
        on(GithubWorld.of(owner));
    }

    /** {@code config.secret} is {@code ********} in every answer: schema {@code webhook-config-secret}. */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void theMaskOfASecretIsNeitherKeptNorSentBack(String owner) {
        on(owner);
        Order order = world.order(world.hook(GithubWorld.SECRET), "remove");

        world.apply(order);
        world.revert(world.reversal(order));

        assertThat(world.exchanges)
                .as("GitHub does show the mask")
                .anyMatch(exchange -> exchange.response().body().contains("********"));
        assertThat(text(order)).doesNotContain("****");
        assertThat(bodies()).isNotEmpty().noneMatch(body -> body.contains("****"));
    }

    /**
     * "If you previously had a secret set, you must provide the same secret or set a new secret or the secret will be
     * removed": description of {@code PATCH …/hooks/{hook_id}}, of repositories and organizations.
     */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void aChangeThatCarriesTheConfigWithoutTheSecretWouldRemoveItSoNoneDoes(String owner) {
        on(owner);
        long id = world.hook(GithubWorld.SECRET);
        world.twin.deliver("push", 200);
        assertThat(signedWith(GithubWorld.SECRET, id)).isTrue();
        Order order = world.order(id, "disable");

        world.apply(order);
        world.revert(world.reversal(order));

        world.twin.deliver("push", 200);
        assertThat(signedWith(GithubWorld.SECRET, id)).isTrue();
        assertThat(bodies()).containsExactly("{\"active\":false}", "{\"active\":true}");
    }

    /** Parameter {@code per_page}: "max 100". More is not refused but cut, so that a page would look like the last. */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void noPageIsAskedToHoldMoreThanAHundred(String owner) {
        on(owner);
        for (int index = 0; index < 101; index++) {
            world.hook("https://example.com/" + index, null);
        }

        assertThat(world.find()).hasSize(101);
        world.use(world.hookIds().get(0));

        assertThat(world.sent())
                .allSatisfy(request -> assertThat(request.query()).contains("per_page=100"))
                .extracting(Request::path)
                .anyMatch(path -> path.matches("/(repositories|organizations)/\\d+/hooks"));
    }

    /** The {@code Link} header is to be followed, and holds whole addresses: the token must not go elsewhere with them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.github.com.example.net/repositories/1/hooks?page=2",
                "http://127.0.0.1:1/repositories/1/hooks?page=2",
                "http://user@127.0.0.1/repositories/1/hooks?page=2"
            })
    void aLinkToAnotherOriginIsNotFollowedInHooksOrDeliveries(String elsewhere) {
        Resource hook = world.listed(world.hook(null));
        world.exchanges.clear();
        HttpClients lured = new HttpClients(pause -> {}, next -> request -> {
            Response response = next.send(request);
            world.exchanges.add(new GithubWorld.Exchange(request, response));
            Map<String, String> headers = new HashMap<>(response.headers());
            headers.put("link", "<" + elsewhere + ">; rel=\"next\"");
            return new Response(response.status(), headers, response.body());
        });
        try (lured;
                Reader reader = world.process(lured, world.clock).reader(world.connection())) {
            ConnectorException list = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));
            ConnectorException use = catchThrowableOfType(ConnectorException.class, () -> reader.use(List.of(hook)));

            assertThat(list.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(use.kind()).isEqualTo(Kind.MALFORMED);
            assertThat(world.sent())
                    .hasSize(2)
                    .allMatch(request -> request.address().isEmpty());
        }
    }

    /** An own server has its API below {@code /api/v3} ({@code servers} of its description), and its links name that. */
    @ParameterizedTest
    @ValueSource(strings = {"repository=acme/dten", "organization=acme"})
    void onAnOwnServerEveryRequestStaysBelowTheBasePath(String owner) {
        String[] parts = owner.split("=", 2);
        on(GithubWorld.onAnOwnServer(Map.of(parts[0], parts[1])));
        for (int index = 0; index < 101; index++) {
            world.hook("https://example.com/" + index, null);
        }
        long id = world.hookIds().get(0);
        for (int ping = 0; ping < 101; ping++) {
            world.twin.ping(id, 200);
        }

        assertThat(world.find()).hasSize(101);
        world.use(id);
        Order order = world.order(id, "remove");
        world.apply(order);
        world.revert(world.reversal(order));

        assertThat(world.twin.url().getPath()).isEqualTo("/api/v3");
        assertThat(world.twin.traffic().exchanges())
                .allMatch(exchange -> exchange.path().startsWith("/api/v3/"))
                .extracting(exchange -> exchange.path())
                .anyMatch(path -> path.matches("/api/v3/(repositories|organizations)/\\d+/hooks"))
                .anyMatch(path -> path.matches("/api/v3/(repositories|organizations)/\\d+/hooks/\\d+/deliveries"));
        assertThat(world.hookIds()).hasSize(101);
    }

    static Stream<Arguments> limits() {
        Duration hour = Duration.ofHours(1);
        Duration minute = Duration.ofMinutes(1);
        Duration asked = Duration.ofSeconds(90);
        return Stream.of(403, 429)
                .flatMap(status -> Stream.of(
                        Arguments.of(new GithubLimit.Primary(status, 0), hour, "lower"),
                        Arguments.of(new GithubLimit.Secondary(status, 9, Optional.of(asked)), asked, "lower"),
                        Arguments.of(new GithubLimit.Secondary(status, 9, Optional.empty()), minute, "lower")));
    }

    /**
     * "You will receive a 403 or 429 response": by {@code x-ratelimit-remaining} and {@code x-ratelimit-reset}, by {@code
     * retry-after}, or by the text alone, then with at least a minute to wait: "Rate limits for the REST API".
     */
    @ParameterizedTest
    @MethodSource("limits")
    void aRateLimitIsNoMissingRightAndSaysHowLongToWait(GithubLimit limit, Duration wait, String remedy) {
        Order order = world.order(world.hook(null), "disable");
        world.twin.limit(limit);

        ConnectorException failure = GithubWorld.failure(world.apply(order));

        assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(failure.mayHaveActed()).isFalse();
        assertThat(failure.retryAfter().orElseThrow()).isBetween(wait.minusSeconds(1), wait);
        assertThat(failure.remedy()).contains(remedy);
        GithubWorld.Exchange refused = world.exchanges.stream()
                .filter(exchange -> exchange.response().status() == limit.status())
                .findFirst()
                .orElseThrow();
        ConnectorException judged = new GithubStatusRule(HookOwner.of(world.connection()))
                .judge("github", refused.request(), refused.response());
        assertThat(judged.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(judged.retryAfter()).contains(wait);
    }

    /** The 403 of a missing right has neither header nor text of a limit. */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void aForbiddenRequestIsNoRateLimitAndNamesTheRight(String owner) {
        on(owner);
        Order order = world.order(world.hook(null), "disable");
        world.twin
                .faults()
                .next(Faults.request("PATCH", ".*"))
                .answer(
                        403,
                        "application/json",
                        "{\"message\":\"Resource not accessible by personal access token\",\"status\":\"403\"}");

        ConnectorException failure = GithubWorld.failure(world.apply(order));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.remedy())
                .contains(owner + " permission 'Webhooks: read and write'")
                .contains(owner.equals("repository") ? "admin:repo_hook" : "admin:org_hook");
    }

    /** {@code POST …/hooks} gives a number of its own, and deliveries hang on the number. */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void aRecreatedHookHasAnotherIdAndNoHistoryAndThePlanSaysSo(String owner) {
        on(owner);
        long id = world.hook(null);
        world.twin.deliver("push", 200);
        Resource hook = world.listed(id);
        Order order = world.order(id, "remove");
        world.apply(order);

        world.revert(world.reversal(order));

        assertThat(world.hookIds()).hasSize(1).doesNotContain(id);
        assertThat(world.use(world.hookIds().get(0))).isEqualTo(new Use.NotTold());
        assertThat(world.connector.reversible("remove", hook, order.instructions()))
                .satisfies(reversible -> {
                    assertThat(reversible.reversibility()).isEqualTo(Reversibility.LOSSY);
                    assertThat(reversible.lost()).containsExactly("id", "delivery history");
                });
    }

    /** {@code POST …/hooks} is not idempotent; what was lost is the answer, not the hook. */
    @ParameterizedTest
    @ValueSource(strings = {"repository", "organization"})
    void aHookWhoseCreationWasNotAnsweredIsNotCreatedTwice(String owner) {
        on(owner);
        Order order = world.order(world.hook(GithubWorld.SECRET), "remove", GithubWorld.WITH_SECRET);
        world.apply(order);
        Reversal reversal = world.reversal(order);
        world.twin.faults().next(Faults.request("POST", ".*")).resetAfterwards();
        assertThat(world.revert(reversal)).isInstanceOf(Answer.Failed.class);
        GithubWebhooks nextProcess = world.process(world.http, world.clock);

        assertThat(world.look(nextProcess, reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(world.revert(nextProcess, reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(world.twin.traffic().count("POST", ".*")).isEqualTo(1);
        assertThat(world.hookIds()).hasSize(1);
    }

    /** "Multiple webhooks can share the same config as long as those webhooks do not have any events that overlap". */
    @Test
    void aHookThatOverlapsWithTheRemovedOneIsLeftAloneAndGitHubsRefusalIsSaid() {
        Order order = world.order(world.hook(null), "remove");
        world.apply(order);
        world.twin.addHook(GithubWorld.TARGET, List.of("push", "issues"), null, true);

        ConnectorException failure = GithubWorld.failure(world.revert(world.reversal(order)));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("Hook already exists on this repository");
        assertThat(world.hookIds()).hasSize(1);
    }

    private boolean signedWith(String secret, long id) {
        GithubDelivery delivery = world.twin.lastDelivery(id).orElseThrow();
        return delivery.signature().equals("sha256=" + GithubWorld.hmac(secret, delivery.body()));
    }

    private List<String> bodies() {
        return world.sent().stream()
                .flatMap(request -> request.body().stream())
                .map(Object::toString)
                .toList();
    }

    private static String text(Order order) {
        return new String(order.before().bytes(), StandardCharsets.UTF_8);
    }
}
