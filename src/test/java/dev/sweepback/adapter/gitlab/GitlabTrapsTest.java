package dev.sweepback.adapter.gitlab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Use;
import dev.sweepback.sandbox.Faults;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Where GitLab, by its public API documentation, would lead a careless connector astray. Nothing here was seen on a real server.
 */
class GitlabTrapsTest {

    private final GitlabWorld world = new GitlabWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /** {@code PUT}: {@code url} is required, and "when you change the webhook URL, the secret token is reset and not retained". */
    @Test
    void theAddressIsSentAsItWasReadSoThatWhatIsNotShownStays() {
        long id = world.hook(GitlabWorld.TARGET);
        world.twin.setHeader(id, "Authorization", "its-header-value");

        Order order = world.applied(id, "disable", Instructions.NONE);
        world.revert(world.reversal(order));

        assertThat(world.twin.tokenOf(id)).contains(GitlabWorld.HOOK_TOKEN);
        assertThat(world.twin.headerValuesOf(id)).containsExactly("its-header-value");
        assertThat(world.bodies("PUT")).hasSize(2).allSatisfy(body -> {
            assertThat(body.path("url").asString()).isEqualTo(GitlabWorld.TARGET);
            assertThat(body.propertyNames()).allMatch(name -> name.equals("url") || name.endsWith("_events"));
        });
    }

    /** Its old address would be written over the new one, and the new token be lost with it. */
    @ParameterizedTest
    @ValueSource(strings = {"disable", "remove"})
    void aHookWhoseAddressSomebodyChangedSinceItsSnapshotIsLeftAlone(String action) {
        long id = world.hook(GitlabWorld.TARGET);
        Order order = world.order(id, action);
        world.twin.changeHook(id, moved());

        ConnectorException failure = GitlabWorld.failure(world.apply(order));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(world.twin.tokenOf(id)).contains("another-token");
        assertThat(world.twin.traffic().count("PUT", ".*")).isZero();
        assertThat(world.twin.traffic().count("DELETE", ".*")).isZero();
    }

    @Test
    void undoLeavesAHookAloneWhoseAddressSomebodyChanged() {
        long id = world.hook(GitlabWorld.TARGET);
        Reversal reversal = world.reversal(world.applied(id, "disable", Instructions.NONE));
        world.twin.changeHook(id, moved());

        assertThat(GitlabWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(world.twin.tokenOf(id)).contains("another-token");
    }

    /** Only one that undo created has lost them by our doing. */
    @Test
    void undoLeavesAHookAloneWhoseHeadersSomebodyTookAway() {
        long id = world.hook(GitlabWorld.TARGET);
        world.twin.setHeader(id, "Authorization", "its-header-value");
        Reversal reversal = world.reversal(world.applied(id, "disable", Instructions.NONE));
        world.twin.removeHeaders(id);

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(GitlabWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(world.listed(id).fields()).containsEntry("active", false);
    }

    /** There is no {@code active}: a hook that delivers nothing is one whose every {@code *_events} is false. */
    @Test
    void disablingSetsEveryEventOffAndUndoSetsOnWhatWasOn() {
        long id = world.hook(GitlabWorld.TARGET);
        Order order = world.applied(id, "disable", Instructions.NONE);

        Resource disabled = world.listed(id);
        assertThat(disabled.fields()).containsEntry("active", false).containsEntry("events", List.of());

        world.revert(world.reversal(order));
        assertThat(world.listed(id).fields()).containsEntry("events", List.of("merge_requests", "releases"));
    }

    /** Of {@code url_variables} only the keys are shown, and an address with a place for one is refused without it. */
    @Test
    void aHookWithUrlVariablesIsDisabledAndNeverRemoved() {
        long id = world.hook("https://dten.example.com/v2/{key}");
        world.twin.setVariable(id, "key", "k9-credential");
        Resource hook = world.listed(id);

        assertThat(reversible("remove", hook, GitlabWorld.WITH_TOKEN).reversibility())
                .isEqualTo(Reversibility.NONE);
        assertThat(GitlabWorld.failure(world.apply(world.order(id, "remove"))).kind())
                .isEqualTo(Kind.REJECTED);
        assertThat(world.twin.projectHookIds()).containsExactly(id);

        Order order = world.applied(id, "disable", Instructions.NONE);
        world.revert(world.reversal(order));
        assertThat(world.state(order.resource())).isEqualTo(order.before());
    }

    /** Of {@code custom_headers} only the keys are shown: a header without its value must not be sent. */
    @Test
    void aRemovedHookComesBackWithoutItsHeadersAndNoneIsMadeUp() {
        long id = world.hook(GitlabWorld.TARGET);
        world.twin.setHeader(id, "Authorization", "its-header-value");
        Resource hook = world.listed(id);

        Order order = world.applied(id, "remove", GitlabWorld.WITH_TOKEN);
        world.revert(world.reversal(order));

        assertThat(reversible("remove", hook, GitlabWorld.WITH_TOKEN).lost())
                .containsExactly("id", "recent events", "custom headers");
        assertThat(world.bodies("POST"))
                .singleElement()
                .satisfies(body -> assertThat(body.propertyNames())
                        .doesNotContain("custom_headers", "url_variables", "project_id", "name"));
    }

    /** What GitLab comes to show one day may be masked, as elsewhere: a mask that is sent becomes the value. */
    @Test
    void whatTheDocumentationDoesNotKnowIsComparedAndNotSent() {
        long id = world.hook(GitlabWorld.TARGET);
        world.answer = response -> new Response(
                response.status(),
                response.headers(),
                response.body().replace("\"description\"", "\"signing_key\":\"****\",\"description\""));
        Order order = world.applied(id, "remove", Instructions.NONE);

        world.revert(world.reversal(order));

        assertThat(order.before().content().has("signing_key")).isTrue();
        assertThat(world.bodies("POST"))
                .singleElement()
                .satisfies(body -> assertThat(body.has("signing_key")).isFalse());
    }

    /** {@code POST}: {@code push_events} is true unless it is said to be false. */
    @Test
    void aRecreatedHookDoesNotListenToPushesUnlessItDid() {
        Order order = world.applied(world.hook(GitlabWorld.TARGET), "remove", Instructions.NONE);

        world.revert(world.reversal(order));

        assertThat(world.find())
                .singleElement()
                .satisfies(hook ->
                        assertThat(hook.fields()).containsEntry("events", List.of("merge_requests", "releases")));
    }

    /** "The token isn't returned in the response": nor is whether there is one. */
    @Test
    void everyHookMayLoseATokenSoDisablingIsLossyToo() {
        Resource plain = world.listed(world.twin.addProjectHook(GitlabWorld.TARGET, List.of("push_events"), null));

        assertThat(reversible("disable", plain, Instructions.NONE))
                .isEqualTo(new Reversible(Reversibility.LOSSY, List.of("token")));
        assertThat(reversible("disable", plain, GitlabWorld.WITH_TOKEN).lost()).containsExactly("token");
        assertThat(reversible("remove", plain, Instructions.NONE).lost())
                .containsExactly("id", "recent events", "token");
        assertThat(reversible("remove", plain, GitlabWorld.WITH_TOKEN).lost()).containsExactly("id", "recent events");
    }

    @Test
    void theTokenThatTheStepNamesIsGivenBackAndIsInNoSnapshotOrMessage() {
        Order order = world.applied(world.hook(GitlabWorld.TARGET), "remove", GitlabWorld.WITH_TOKEN);
        Reversal reversal = world.reversal(order);
        world.twin
                .faults()
                .next(Faults.request("POST", ".*"))
                .answer(422, "application/json", "{\"message\":\"" + GitlabWorld.HOOK_TOKEN + "\"}");

        ConnectorException failure = GitlabWorld.failure(world.revert(reversal));
        world.revert(reversal);

        long id = world.twin.projectHookIds().get(0);
        assertThat(world.twin.tokenOf(id)).contains(GitlabWorld.HOOK_TOKEN);
        assertThat(new String(order.before().bytes(), StandardCharsets.UTF_8)
                        + failure.getMessage()
                        + failure.remedy()
                        + world.sent)
                .doesNotContain(GitlabWorld.HOOK_TOKEN);
    }

    @Test
    void aTokenThatCannotBeResolvedIsAnObjectionAndCreatesNothing() {
        Reversal reversal =
                world.reversal(world.applied(world.hook(GitlabWorld.TARGET), "remove", GitlabWorld.WITH_TOKEN));
        assertThat(world.objection(GitlabWorld.WITH_TOKEN)).isEmpty();
        world.environment.remove("HOOK_TOKEN");

        assertThat(world.objection(GitlabWorld.WITH_TOKEN)).isPresent();
        assertThat(GitlabWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.SECRET);
        assertThat(world.twin.projectHookIds()).isEmpty();
    }

    /** {@code POST} is not idempotent; what was lost is the answer, not the hook. */
    @Test
    void aHookWhoseCreationWasNotAnsweredIsNotCreatedTwice() {
        Reversal reversal = world.reversal(world.applied(world.hook(GitlabWorld.TARGET), "remove", Instructions.NONE));
        world.twin.faults().next(Faults.request("POST", ".*")).resetAfterwards();
        assertThat(world.revert(reversal)).isInstanceOf(Answer.Failed.class);
        GitlabWebhooks nextProcess = world.process();

        assertThat(world.look(nextProcess, reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(world.revert(nextProcess, reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(world.twin.projectHookIds()).hasSize(1);
    }

    /** One that is the same to the letter, and older than the undo, is not of its making. */
    @Test
    void aHookThatSomebodyPutBackIsNotOurs() {
        Order order = world.applied(world.hook(GitlabWorld.TARGET), "remove", Instructions.NONE);
        world.hook(GitlabWorld.TARGET);
        world.clock.advance(Duration.ofMinutes(10));
        Reversal reversal = world.reversal(order);

        assertThat(world.look(reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(GitlabWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
        assertThat(world.twin.projectHookIds()).hasSize(1);
    }

    /** GitLab lets any number of hooks have one address: one that stood there before is no replacement. */
    @Test
    void hooksOfOneAddressThatWereDisabledAndRemovedAllComeBack() {
        long first = world.hook(GitlabWorld.TARGET);
        long second = world.hook(GitlabWorld.TARGET);
        world.twin.changeHook(second, JsonMapper.shared().createObjectNode().put("description", "the second"));
        world.applied(first, "disable", Instructions.NONE);
        world.applied(second, "disable", Instructions.NONE);
        List<Reversal> reversals = List.of(
                world.reversal(world.applied(first, "remove", Instructions.NONE)),
                world.reversal(world.applied(second, "remove", Instructions.NONE)));

        reversals.forEach(reversal -> assertThat(world.revert(reversal)).isInstanceOf(Answer.Accepted.class));

        assertThat(world.find())
                .extracting(hook -> hook.fields().get("description"))
                .containsExactlyInAnyOrder("", "the second");
    }

    @Test
    void hooksThatOnlyNumberAndEventsTellApartAreNotTouched() {
        world.twin.addProjectHook(GitlabWorld.TARGET, List.of("push_events"), null);
        world.twin.addProjectHook(GitlabWorld.TARGET, List.of("job_events"), null);
        world.hook("https://other.example.com/");

        assertThat(world.find())
                .extracting(hook -> hook.untouchable().isPresent())
                .containsExactly(true, true, false);
    }

    /** "Namespaced paths": the path of a project or group is one segment, with its slashes encoded. */
    @ParameterizedTest
    @CsvSource({
        "project, acme/dten, /api/v4/projects/acme%2Fdten/hooks",
        "project, 42, /api/v4/projects/42/hooks",
        "group, acme, /api/v4/groups/acme/hooks"
    })
    void aPathIsSentAsOneSegment(String key, String name, String path) {
        world.hook(GitlabWorld.TARGET);
        world.twin.addGroupHook(GitlabWorld.TARGET, List.of("push_events"), null);

        assertThat(world.find(world.connection(Map.of(key, name)))).hasSize(1);

        assertThat(world.sent).extracting(Request::path).containsExactly(path);
    }

    @Test
    void aConnectionNamesEitherAProjectOrAGroup() {
        for (Map<String, String> options : List.of(
                Map.<String, String>of(),
                Map.of("project", "acme/dten", "group", "acme"),
                Map.of("project", "/acme"))) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class, () -> world.connector.reader(world.connection(options)));

            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        }
    }

    /** {@code per_page}: 20 without it, 100 at the most; {@code X-Next-Page} is empty on the last page. */
    @Test
    void everyPageIsReadAndNoneIsAskedToHoldMoreThanAHundred() {
        many(250);

        assertThat(world.find()).hasSize(250);

        assertThat(world.sent)
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.query()).contains("per_page=100&"));
    }

    /** What lies in between may drop headers: then only an empty page is the end. */
    @Test
    void withoutTheHeaderForTheNextPageItIsReadUntilAPageIsEmpty() {
        many(150);
        world.answer = response -> without(response, "x-next-page");

        assertThat(world.find()).hasSize(150);
        assertThat(world.sent).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "https://gitlab.example.net/"})
    void aNextPageThatDoesNotFollowIsAnError(String next) {
        many(1);
        world.answer = withHeader("x-next-page", next);

        assertThat(catchThrowableOfType(ConnectorException.class, world::find).kind())
                .isEqualTo(Kind.MALFORMED);
        assertThat(world.sent).hasSize(1);
    }

    @Test
    void aNextPageAfterAnEmptyOneIsAnError() {
        world.answer = response -> {
            int page = world.sent.size();
            return withHeader("x-next-page", page < 5 ? Integer.toString(page + 1) : "")
                    .apply(response);
        };

        assertThat(catchThrowableOfType(ConnectorException.class, world::find).kind())
                .isEqualTo(Kind.MALFORMED);
    }

    /** Pages are by number: a hook that goes while they are read moves another one past. {@code X-Total} tells how many there are. */
    @Test
    void aListOfWhichAHookWasMissedIsNotTakenForComplete() {
        many(3);
        world.answer = withHeader("x-total", "4");

        assertThat(catchThrowableOfType(ConnectorException.class, world::find).kind())
                .isEqualTo(Kind.CONFLICT);
    }

    /** {@code alert_status}, {@code disabled_until}: what GitLab does with a hook that fails. */
    @Test
    void aHookThatGitLabStoppedAfterFailuresWasNotChangedBySomebody() {
        long id = world.hook(GitlabWorld.TARGET);
        Order order = world.order(id, "disable");
        String planned = world.listed(id).fingerprint();

        world.twin.disableAfterFailures(id);

        assertThat(world.look(order).progress()).isEqualTo(Progress.NOT_BEGUN);
        assertThat(world.listed(id).fingerprint()).isEqualTo(planned);
        assertThat(world.listed(id).fields()).containsEntry("alertStatus", "disabled");
    }

    /** 404 is the answer for what is not there as for what the token may not see or do. */
    @Test
    void anAnswerOf404IsNotBelievedToMeanThatTheHookIsGone() {
        long id = world.hook(GitlabWorld.TARGET);
        Order order = world.order(id, "disable");
        world.twin.faults().next(Faults.request("PUT", ".*")).answer(404, "application/json", "{}");
        try (Reader reader = world.connector.reader(world.connection(Map.of("project", "acme/nowhere")))) {
            assertThat(reader.look(List.of(order)).get(0).progress()).isEqualTo(Progress.UNKNOWN);
        }

        ConnectorException failure = GitlabWorld.failure(world.apply(order));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
    }

    /** {@code Retry-After}, and {@code RateLimit-Reset} in seconds since 1970. */
    @Test
    void aLimitIsWaitedFor() {
        Order order = world.order(world.hook(GitlabWorld.TARGET), "disable");
        Instant start = world.clock.instant();
        world.twin.limit(0);

        assertThat(world.apply(order)).isInstanceOf(Answer.Accepted.class);

        assertThat(Duration.between(start, world.clock.instant()))
                .isBetween(Duration.ofSeconds(29), Duration.ofSeconds(32));
    }

    /** An address is often a credential, and a token always. */
    @Test
    void neitherAddressNorTokenIsShown() {
        long id = world.hook(GitlabWorld.TARGET);
        Order order = world.order(id, "disable");
        world.twin
                .faults()
                .next(Faults.request("PUT", ".*"))
                .answer(422, "application/json", "{\"message\":\"" + GitlabWorld.TARGET + "\"}");

        ConnectorException failure = GitlabWorld.failure(world.apply(order));

        Resource hook = world.listed(id);
        assertThat(hook.name()).startsWith("https://dten.example.com/v2/…#").doesNotContain("k9-credential");
        assertThat(hook.handles()).contains(GitlabWorld.TARGET);
        assertThat(failure.getMessage() + failure.remedy() + hook).doesNotContain("k9-credential", world.twin.token());
    }

    @Test
    void theConnectorSaysThatItIsExperimental() {
        assertThat(world.connector.descriptor().experimental()).isTrue();
    }

    @Test
    void theListTellsNothingOfUse() {
        assertThat(world.listed(world.hook(GitlabWorld.TARGET)).use()).isEqualTo(new Use.NotTold());
    }

    private Reversible reversible(String action, Resource hook, Instructions instructions) {
        return world.connector.reversible(action, hook, instructions);
    }

    private static JsonNode moved() {
        ObjectNode change = JsonMapper.shared().createObjectNode();
        return change.put("url", "https://new.example.com/").put("token", "another-token");
    }

    private void many(int count) {
        for (int index = 0; index < count; index++) {
            world.hook("https://many.example.com/" + index);
        }
    }

    private static UnaryOperator<Response> withHeader(String name, String value) {
        return response -> {
            Map<String, String> headers = new HashMap<>(response.headers());
            headers.put(name, value);
            return new Response(response.status(), headers, response.body());
        };
    }

    private static Response without(Response response, String name) {
        Map<String, String> headers = new HashMap<>(response.headers());
        headers.remove(name);
        return new Response(response.status(), headers, response.body());
    }
}
