package dev.sweepback.adapter.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Use;
import dev.sweepback.sandbox.GithubLimit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Connector and twin, held against what GitHub publishes about its API. */
@Tag("real")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GithubDescriptionTest {

    private static final Map<String, String> REPOSITORY = Map.of("repository", "acme/dten");
    private static final Map<String, String> ORGANIZATION = Map.of("organization", "acme");

    private final Map<String, GithubDescription> descriptions = new HashMap<>();

    static Stream<Arguments> places() {
        return Stream.of("api.github.com", "ghec", "ghes-3.17", "ghes-3.18", "ghes-3.19")
                .flatMap(name -> Stream.of(REPOSITORY, ORGANIZATION).map(owner -> Arguments.of(name, owner)));
    }

    private GithubDescription description(String name) {
        return descriptions.computeIfAbsent(
                name, unused -> GithubDescription.load(name, name.startsWith("ghes") ? "/api/v3" : ""));
    }

    private static GithubWorld world(String name, Map<String, String> owner) {
        if (name.startsWith("ghes")) {
            return GithubWorld.onAnOwnServer(owner);
        }
        return owner.equals(REPOSITORY) ? GithubWorld.ofARepository() : GithubWorld.ofAnOrganization();
    }

    @ParameterizedTest
    @MethodSource("places")
    void everyRequestAndEveryAnswerIsAsGitHubDescribesIt(String name, Map<String, String> owner) {
        try (GithubWorld world = world(name, owner)) {
            long id = world.hook(GithubWorld.SECRET);
            list(world);
            use(world, id);
            disableAndEnable(world, id);
            removeAndRecreate(world, id);
            refusals(world);

            List<String> complaints = new ArrayList<>();
            TreeSet<String> seen = new TreeSet<>();
            for (GithubWorld.Exchange exchange : world.exchanges) {
                Request request = exchange.request();
                Response response = exchange.response();
                seen.add(request.method() + " " + response.status());
                description(name).complaints(request).forEach(text -> complaints.add(request + ": " + text));
                description(name)
                        .complaints(request, response)
                        .forEach(text -> complaints.add(request + " -> " + response.status() + ": " + text));
            }

            assertThat(complaints).isEmpty();
            assertThat(seen)
                    .containsExactly(
                            "DELETE 204", "GET 200", "GET 403", "GET 404", "PATCH 200", "POST 201", "POST 422");
        }
    }

    private static void list(GithubWorld world) {
        for (int index = 0; index < 101; index++) {
            world.hook("https://example.com/" + index, null);
        }
        assertThat(world.find()).hasSize(102);
    }

    private static void use(GithubWorld world, long id) {
        world.twin.deliver("push", 200);
        for (int ping = 0; ping < 120; ping++) {
            world.twin.ping(id, 200);
        }
        world.twin.redeliver(id, 200);
        assertThat(world.use(id)).isInstanceOf(Use.At.class);
    }

    private static void disableAndEnable(GithubWorld world, long id) {
        Order order = world.order(id, "disable");
        assertThat(world.apply(order)).isInstanceOf(Answer.Accepted.class);
        Reversal reversal = world.reversal(order);
        assertThat(world.revert(reversal)).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    private static void removeAndRecreate(GithubWorld world, long id) {
        Order order = world.order(id, "remove", GithubWorld.WITH_SECRET);
        assertThat(world.apply(order)).isInstanceOf(Answer.Accepted.class);
        Reversal reversal = world.reversal(order);
        assertThat(world.revert(reversal)).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(reversal).progress()).isEqualTo(Progress.DONE);
    }

    /** 404, 422 and 403: what is not there, what is there already, and what is too much. */
    private static void refusals(GithubWorld world) {
        Resource unsigned = world.find().get(0);
        Order order = world.order(Long.parseLong(unsigned.ref().id()), "remove");
        world.apply(order);
        Reversal reversal = world.reversal(order);
        world.hook(String.valueOf(unsigned.fields().get("url")), null);
        world.twin.changeHook(world.hookIds().get(world.hookIds().size() - 1), overlapping());
        assertThat(GithubWorld.failure(world.revert(reversal)).kind()).isEqualTo(Kind.CONFLICT);
        world.twin.limit(new GithubLimit.Primary(403, 0));
        Connection connection = world.connection();
        try (Reader reader = world.connector.reader(connection)) {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE))
                            .kind())
                    .isEqualTo(Kind.THROTTLED);
        }
    }

    private static ObjectNode overlapping() {
        ObjectNode change = JsonMapper.shared().createObjectNode();
        change.putArray("events").add("push").add("issues");
        return change;
    }

    /** A validator that accepts everything would make all of the above worthless. */
    @Test
    void whatGitHubDoesNotDescribeIsRefused() {
        GithubDescription description = description("api.github.com");
        Request list = Request.get("/repos/acme/dten/hooks");
        Request create = Request.of("POST", "/orgs/acme/hooks");

        assertThat(description.complaints(list, json(200, "[{\"id\":\"no number\"}]")))
                .anyMatch(text -> text.contains("schema.type"))
                .anyMatch(text -> text.contains("schema.required"));
        assertThat(description.complaints(list, json(200, "{}"))).isNotEmpty();
        assertThat(description.complaints(list, json(418, "{}"))).isNotEmpty();
        assertThat(description.complaints(create.body(JsonMapper.shared().readTree("{\"name\":\"web\"}"))))
                .anyMatch(text -> text.contains("config"));
        assertThat(description.complaints(list.query("per_page", "many"))).isNotEmpty();
        assertThat(description.complaints(list.query("size", "100"))).isNotEmpty();
        assertThat(description.complaints(
                        Request.get("/repos/acme/dten/hooks/{}/deliveries", "1").query("status", "fine")))
                .isNotEmpty();
        assertThat(description.complaints(Request.get("/repos/acme/hooks"))).isNotEmpty();
    }

    private static Response json(int status, String body) {
        return new Response(status, Map.of("content-type", "application/json"), body);
    }
}
