package dev.sweepback.adapter.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Described;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import dev.sweepback.connector.Writer;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.Description;
import dev.sweepback.sandbox.ConsulTwin;
import dev.sweepback.sandbox.Faults;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RestConnectorTest {

    @TempDir
    Path folder;

    private final ConsulTwin consul = ConsulTwin.start();
    private final List<Request> sent = new CopyOnWriteArrayList<>();
    private Runnable beforeWrites = () -> {};
    private final HttpClients http = new HttpClients(duration -> {}, this::listening);
    private LittleWorld world;

    private Http listening(Http next) {
        return request -> {
            sent.add(request);
            if (!request.method().equals("GET")) {
                beforeWrites.run();
            }
            return next.send(request);
        };
    }

    @BeforeEach
    void open() {
        world = new LittleWorld(folder);
    }

    @AfterEach
    void close() {
        world.close();
        http.close();
        consul.close();
    }

    @Test
    void fieldsAreOfTheTypesThatTheDescriptionSays() {
        world.twin.add("dten-v2", true, "retired");

        Resource thing = world.find().resources().get(0);

        assertThat(thing.fields())
                .containsEntry("enabled", true)
                .containsEntry("labels", List.of("a", "b"))
                .containsEntry("createdAt", Instant.parse("2026-11-02T20:00:00Z"))
                .containsEntry("changedAt", Instant.parse("2026-11-02T20:00:00Z"))
                .containsEntry("retiredAt", Instant.parse("2026-11-02T20:00:00Z"))
                .doesNotContainKey("weight");
    }

    @Test
    void aFieldOfAnotherTypeIsAnErrorThatNamesIt() {
        world.saying("enabled: {pointer: /enabled, type: boolean", "enabled: {pointer: /stage, type: boolean");
        world.twin.add("dten-v2", true, "live");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, world::find);

        assertThat(failure.kind()).isEqualTo(Kind.MALFORMED);
        assertThat(failure).hasMessageContaining("something at /stage that is no boolean, as field 'enabled' says");
    }

    @Test
    void aMissingFieldIsAnErrorUnlessItIsOptional() {
        world.saying(
                "weight: {pointer: /weight, type: number, optional: true", "weight: {pointer: /weight, type: number");
        world.twin.add("dten-v2", true, "live");

        assertThat(catchThrowableOfType(ConnectorException.class, world::find))
                .hasMessageContaining("has nothing at /weight, where field 'weight' should be");
    }

    @Test
    void whatIsOnlyMarkedAsDeletedIsGone() {
        String key = world.twin.add("dten-v2", true, "deleted");

        assertThat(world.find().resources()).isEmpty();
        assertThat(capture(world.connector(), world.connection(), ref("thing", "little", key)))
                .isInstanceOf(Capture.Absent.class);
    }

    @Test
    void aStatusThatAsksToComeBackLaterIsNoRefusal() {
        world.saying("goneWhen: {/stage: deleted}", "tryLater: [420]");
        world.twin.faults().next(5, Faults.request("GET", ".*")).answer(420, "application/json", "{}");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, world::find);

        assertThat(failure.kind()).isEqualTo(Kind.SYSTEM_ERROR);
    }

    @Test
    void aSnapshotHoldsNeitherBookkeepingNorMasks() {
        String key = world.twin.add("dten-v2", true, "live");

        State state = present(world.connector(), world.connection(), ref("thing", "little", key));

        assertThat(state.content().propertyNames())
                .doesNotContain("meta", "secret")
                .contains("title", "enabled");
    }

    @Test
    void aChangeIsBoundToTheVersionThatWasRead() {
        String key = world.twin.add("dten-v2", true, "live");
        ResourceRef ref = ref("thing", "little", key);
        RestConnector connector = new RestConnector(
                http,
                reference -> new Secret(world.twin.token()),
                new Redaction("key".getBytes(StandardCharsets.UTF_8)),
                world.description(),
                (connection, action) -> Optional.empty());
        State before = present(connector, world.connection(), ref);
        ObjectNode change = JsonMapper.shared().createObjectNode().put("title", "still needed");
        beforeWrites = () -> world.twin.change(key, change);

        Answer answer = apply(connector, world.connection(), ref, "disable", before);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.CONFLICT));
        assertThat(present(connector, world.connection(), ref)
                        .content()
                        .path("enabled")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void aRefusalInASuccessfulAnswerIsARefusal() {
        consul.put("dten/flags/v2", "on", 1);
        ResourceRef ref = ref("key", "consul", "dten/flags/v2");
        State before = present(consul(), consulConnection(), ref);
        beforeWrites = () -> consul.put("dten/flags/v2", "off", 1);

        Answer answer = apply(consul(), consulConnection(), ref, "remove", before);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.CONFLICT));
        assertThat(consul.value("dten/flags/v2")).contains("off");
    }

    /** Consul writes over what is there, unless {@code cas=0} says that nothing may be. */
    @Test
    void undoDoesNotWriteOverWhatSomebodyPutThereInTheSameMoment() {
        consul.put("dten/flags/v2", "on", 1);
        ResourceRef ref = ref("key", "consul", "dten/flags/v2");
        State before = present(consul(), consulConnection(), ref);
        apply(consul(), consulConnection(), ref, "remove", before);
        Reversal reversal = new Reversal(
                new OperationId("revert-1"),
                ref,
                "remove",
                before,
                State.ABSENT,
                Instant.parse("2026-11-02T20:05:00Z"),
                Instructions.NONE);
        beforeWrites = () -> consul.put("dten/flags/v2", "off", 1);

        try (Writer writer = consul().writer(consulConnection())) {
            assertThat(writer.revert(List.of(reversal)))
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Answer.Failed.class,
                            failed -> assertThat(failed.error().kind()).isEqualTo(Kind.CONFLICT));
        }
        assertThat(consul.value("dten/flags/v2")).contains("off");
    }

    /** What each undo lists again grows with what there is, for each that is put back. */
    @Test
    void undoOfManyRemovalsListsAllThereIsOnceForTheBatch() {
        world.saying("size: 50", "size: 2").add(3);
        RestConnector connector = world.connector();
        List<Reversal> reversals = new ArrayList<>();
        for (int index = 0; index < 4; index++) {
            ResourceRef ref = ref("thing", "little", world.twin.add("dten-v2-" + index, true, "live"));
            State before = present(connector, world.connection(), ref);
            apply(connector, world.connection(), ref, "remove", before);
            reversals.add(new Reversal(
                    new OperationId("revert-" + index),
                    ref,
                    "remove",
                    before,
                    State.ABSENT,
                    world.clock.instant(),
                    Instructions.NONE));
        }
        world.sent.clear();

        try (Writer writer = connector.writer(world.connection());
                Reader reader = connector.reader(world.connection())) {
            assertThat(writer.revert(reversals)).allMatch(Answer.Accepted.class::isInstance);
            assertThat(reader.look(List.copyOf(reversals)))
                    .extracting(Look::progress)
                    .containsOnly(Progress.DONE);
        }

        assertThat(world.sent)
                .filteredOn(request -> request.query().contains("offset=2"))
                .hasSize(1);
    }

    @Test
    void anAnswerAsIfItWereGoneIsNotBelievedWhileItIsThere() {
        String key = world.twin.add("dten-v2", true, "live");
        ResourceRef ref = ref("thing", "little", key);
        State before = present(world.connector(), world.connection(), ref);
        world.twin.faults().next(Faults.request("DELETE", ".*")).answer(404, "application/json", "{}");

        Answer answer = apply(world.connector(), world.connection(), ref, "remove", before);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.FORBIDDEN));
    }

    /** Consul answers 404 for a prefix without keys; the description names what else tells that Consul is there. */
    @Test
    void theLastKeyBelowAPrefixIsKnownToBeGone() {
        consul.put("dten/flags/v2", "on", 1);
        ResourceRef ref = ref("key", "consul", "dten/flags/v2");
        State before = present(consul(), consulConnection(), ref);

        Answer answer = apply(consul(), consulConnection(), ref, "remove", before);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(capture(consul(), consulConnection(), ref)).isInstanceOf(Capture.Absent.class);
    }

    @Test
    void whatCannotBeAskedForIsLeftAlone() {
        consul.put("dten/flags/", "a folder", 0);
        consul.put("dten/flags/../other", "straying", 0);
        consul.put("dten/flags/v2", "on", 0);

        Population population = find(consul(), consulConnection());

        assertThat(population.resources())
                .filteredOn(resource -> resource.untouchable().isPresent())
                .extracting(resource -> resource.ref().id())
                .containsExactlyInAnyOrder("dten/flags/", "dten/flags/../other");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a/../b", "../things", "a\u0007b"})
    void anIdThatWouldLeadElsewhereIsNeverSent(String id) {
        Capture capture = capture(world.connector(), world.connection(), ref("thing", "little", id));

        assertThat(capture)
                .isInstanceOfSatisfying(
                        Capture.Unknown.class,
                        unknown -> assertThat(unknown.error().kind()).isEqualTo(Kind.REJECTED));
        assertThat(world.sent).isEmpty();
    }

    @Test
    void anIdIsOneSegmentWhateverIsInIt() {
        capture(world.connector(), world.connection(), ref("thing", "little", "a/b?c=d#e%2F"));

        assertThat(world.sent.get(0).path()).isEqualTo("/api/here/things/a%2Fb%3Fc%3Dd%23e%252F");
        assertThat(world.sent.get(0).query()).isEmpty();
    }

    @Test
    void aNumberThatASnapshotWouldRoundIsLeftAlone() {
        consul.put("dten/flags/large", "on", new BigInteger("18446744073709551615"));

        Resource listed =
                find(consulWithoutFlags(), consulConnection()).resources().get(0);
        Capture capture = capture(consulWithoutFlags(), consulConnection(), listed.ref());

        assertThat(listed.untouchable())
                .hasValueSatisfying(why -> assertThat(why).contains("/Flags"));
        assertThat(capture)
                .isInstanceOfSatisfying(
                        Capture.Unknown.class,
                        unknown -> assertThat(unknown.error()).hasMessageContaining("/Flags"));
    }

    @Test
    void aHeaderOfAnOptionalKeyThatIsNotSetIsLeftOut() {
        Connection without = new Connection(
                "consul",
                "rest:consul-kv",
                "test",
                consul.url(),
                Map.of("prefix", "dten/flags"),
                Map.of(),
                1,
                Connection.Timeouts.DEFAULT);

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> find(consul(), without));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(sent)
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).isEmpty());
    }

    @Test
    void nothingIsBelievedThatNoProbeHasProven() {
        RestConnector doubted = new RestConnector(
                http,
                reference -> new Secret("none"),
                new Redaction(new byte[] {1}),
                world.description(),
                (connection, action) -> action.equals("disable") ? Optional.empty() : Optional.of("not proven"));
        Resource thing = new Resource(
                ref("thing", "little", "k-1"), "x", List.of(), Map.of(), "f", new Use.NotTold(), Optional.empty());

        assertThat(doubted.reversible("disable", thing, Instructions.NONE))
                .isEqualTo(new Reversible(Reversibility.EXACT, List.of()));
        assertThat(doubted.reversible("remove", thing, Instructions.NONE))
                .isEqualTo(new Reversible(Reversibility.NONE, List.of("not proven")));
    }

    /** What Flagsmith deletes is gone with all its values: undo could not bring it back. */
    @Test
    void ofFlagsmithNothingIsOfferedButArchiving() {
        assertThat(Described.published("flagsmith").actions())
                .extracting(DescribedAction::name)
                .containsExactly("archive");
    }

    private RestConnector consul() {
        return consul(Described.published("consul-kv"));
    }

    private RestConnector consulWithoutFlags() {
        return consul(Described.written(
                folder, "consul-kv", read("connectors/consul-kv.yaml").replaceAll("(?m)^    flags: .*\n", "")));
    }

    private static String read(String file) {
        try {
            return java.nio.file.Files.readString(Path.of(file));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private RestConnector consul(Description description) {
        return new RestConnector(
                http,
                reference -> new Secret(consul.token()),
                new Redaction("key".getBytes(StandardCharsets.UTF_8)),
                description,
                (connection, action) -> Optional.empty());
    }

    private Connection consulConnection() {
        return new Connection(
                "consul",
                "rest:consul-kv",
                "test",
                consul.url(),
                Map.of("prefix", "dten/flags"),
                Map.of("token", new SecretRef.Environment("CONSUL_TOKEN")),
                1,
                Connection.Timeouts.DEFAULT);
    }

    private static ResourceRef ref(String kind, String connection, String id) {
        return new ResourceRef(kind, connection, id);
    }

    private static Population find(RestConnector connector, Connection connection) {
        try (Reader reader = connector.reader(connection)) {
            return reader.find(Scope.WHOLE);
        }
    }

    private static Capture capture(RestConnector connector, Connection connection, ResourceRef ref) {
        try (Reader reader = connector.reader(connection)) {
            return reader.capture(List.of(ref)).get(0);
        }
    }

    private static State present(RestConnector connector, Connection connection, ResourceRef ref) {
        return ((Capture.Present) capture(connector, connection, ref)).state();
    }

    private static Answer apply(
            RestConnector connector, Connection connection, ResourceRef ref, String action, State before) {
        Order order = new Order(
                new OperationId("apply-1"),
                ref,
                action,
                before,
                Instant.parse("2026-11-02T20:00:00Z"),
                Instructions.NONE);
        try (Writer writer = connector.writer(connection)) {
            return writer.apply(List.of(order)).get(0);
        }
    }
}
