package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Use;
import dev.sweepback.connector.Writer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What of the connector rests on the manners of a real Unleash. */
@Tag("real")
@ExtendWith(RealUnleashServer.class)
class RealUnleashTest {

    /** The process is gone: nothing catches this. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final RealUnleash unleash;
    private final RealFlags flags;
    private final HttpClients http = new HttpClients(Pause.REAL, this::dying);
    private String dieAfter = "nothing";

    RealUnleashTest(RealUnleash unleash) {
        this.unleash = unleash;
        this.flags = new RealFlags(unleash);
    }

    @AfterEach
    void close() {
        http.close();
    }

    private Http dying(Http next) {
        return request -> {
            Response response = next.send(request);
            if (request.path().endsWith(dieAfter)) {
                throw new Killed();
            }
            return response;
        };
    }

    @Test
    void everyFieldOfARichFlagIsAsBeforeAfterUndo() {
        String flag = flags.addRich("rich", flags.add("parent"));
        ObjectNode before = flags.dump();
        Order order = order(flag);
        assertThat(order.before().content().path("links")).hasSize(2);
        assertThat(order.before().content().at("/environments/production/variants"))
                .hasSize(2);
        assertThat(order.before().content().path("tags")).hasSize(2);

        assertThat(apply(List.of(order))).containsExactly(Answer.Accepted.plain());
        assertThat(flags.isLive(flag)).isFalse();
        Reversal reversal = reversal(order);
        assertThat(revert(List.of(reversal))).containsExactly(Answer.Accepted.plain());

        assertThat(order.before().differences(state(flag))).isEmpty();
        assertThat(flags.dump()).isEqualTo(before);
    }

    @Test
    void archivingTwiceStampsTheTimeOnce() {
        String flag = flags.add("a");
        Order order = order(flag);
        apply(List.of(order));
        JsonNode archivedAt = flags.archived(flag).path("archivedAt");

        apply(List.of(order));

        assertThat(archivedAt.isString()).isTrue();
        assertThat(flags.archived(flag).path("archivedAt")).isEqualTo(archivedAt);
        assertThat(flags.events("feature-archived", flag)).isEqualTo(1);
    }

    @Test
    void aRetriedUndoSwitchesNothingOff() {
        String flag = flags.addRich("rich", flags.add("parent"));
        Order order = order(flag);
        apply(List.of(order));
        Reversal reversal = reversal(order);
        revert(List.of(reversal));
        long events = flags.events();

        assertThat(revert(List.of(reversal))).containsExactly(Answer.Accepted.plain());

        assertThat(state(flag)).isEqualTo(order.before());
        assertThat(flags.events()).isEqualTo(events);
    }

    @Test
    void anUndoThatDiedRightAfterRevivingIsHalfDoneAndGoesOn() {
        String flag = flags.addRich("rich", flags.add("parent"));
        ObjectNode before = flags.dump();
        Order order = order(flag);
        apply(List.of(order));
        Reversal reversal = reversal(order);
        dieAfter = "/revive";
        assertThatThrownBy(() -> revert(List.of(reversal))).isInstanceOf(Killed.class);
        dieAfter = "nothing";

        assertThat(look(reversal)).isEqualTo(Progress.PARTLY);
        assertThat(order.before().differences(state(flag)))
                .containsExactlyInAnyOrder(
                        "/dependencies/" + flags.prefix() + "parent",
                        "/environments/development/enabled",
                        "/environments/production/enabled");
        assertThat(revert(List.of(reversal))).containsExactly(Answer.Accepted.plain());

        assertThat(look(reversal)).isEqualTo(Progress.DONE);
        assertThat(flags.dump()).isEqualTo(before);
        assertThat(flags.events("feature-revived", flag)).isEqualTo(1);
    }

    @Test
    void aParentWhoseChildStaysIsRefusedInWords() {
        String parent = flags.add("parent");
        flags.setParent(flags.add("child"), parent);
        String other = flags.add("other");

        List<Answer> answers = apply(List.of(order(parent), order(other)));

        ConnectorException failure = ((Answer.Failed) answers.get(0)).error();
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining("depend");
        assertThat(failure.remedy()).contains("archive the flags that depend on it first");
        assertThat(answers.get(1)).isInstanceOf(Answer.Accepted.class);
        assertThat(flags.isLive(parent)).isTrue();
        assertThat(flags.isLive(other)).isFalse();
    }

    @Test
    void parentAndChildrenOfOneBatchGoAndComeBackWhateverTheirOrder() {
        String parent = flags.add("a-parent");
        List<String> family = new ArrayList<>(List.of(parent));
        for (int child = 0; child < 3; child++) {
            family.add(flags.add("child-" + child));
            flags.setParent(family.get(family.size() - 1), parent);
        }
        ObjectNode before = flags.dump();
        List<Order> orders = family.stream().map(this::order).toList();

        assertThat(apply(orders)).allMatch(Answer.Accepted.class::isInstance);
        assertThat(flags.listed()).isEmpty();
        List<Reversal> reversals =
                new ArrayList<>(orders.stream().map(this::reversal).toList());
        Collections.reverse(reversals);
        assertThat(revert(reversals)).allMatch(Answer.Accepted.class::isInstance);

        assertThat(flags.dump()).isEqualTo(before);
    }

    @Test
    void aBatchGoesAndComesBackWithoutAnEventTooMany() {
        List<String> names = IntStream.range(0, 20)
                .mapToObj(index -> flags.add("many-%03d".formatted(index)))
                .toList();
        flags.switchOn(names.get(7), "development");
        ObjectNode before = flags.dump();
        List<Order> orders = names.stream().map(this::order).toList();
        long events = flags.events();

        assertThat(apply(orders)).allMatch(Answer.Accepted.class::isInstance);
        assertThat(flags.events()).isEqualTo(events + 20);
        List<Reversal> reversals = orders.stream().map(this::reversal).toList();
        assertThat(revert(reversals)).allMatch(Answer.Accepted.class::isInstance);

        assertThat(flags.events()).isEqualTo(events + 20 + 20 + 1);
        assertThat(flags.dump()).isEqualTo(before);
    }

    /** The state is one of older servers: today's switch an environment off with its last enabled strategy. */
    @Test
    void aFlagThatIsOnWithoutAnEnabledStrategyIsLeftAlone() {
        String flag = flags.add("a");
        flags.switchOn(flag, "production");
        assertThat(listed(flag).untouchable()).isEmpty();

        unleash.sql("UPDATE feature_strategies SET disabled = true WHERE feature_name = '" + flag + "'");

        assertThat(listed(flag).untouchable().orElseThrow()).contains("on in production without an enabled strategy");
        assertThat(((Capture.Present) capture(flag)).resource().untouchable())
                .isEqualTo(listed(flag).untouchable());
    }

    @Test
    void anEnvironmentThatWasOnWithoutAnEnabledStrategyIsNeverSwitchedOnWithAStrangersStrategy() {
        String flag = flags.add("a");
        flags.switchOn(flag, "production");
        unleash.sql("UPDATE feature_strategies SET disabled = true WHERE feature_name = '" + flag + "'");
        Order order = order(flag);
        apply(List.of(order));

        Answer answer = revert(List.of(reversal(order))).get(0);

        ConnectorException failure = ((Answer.Failed) answer).error();
        assertThat(failure).hasMessageContaining("on without an enabled strategy");
        assertThat(failure.remedy()).contains("by hand");
        assertThat(order.before().differences(state(flag))).containsExactly("/environments/production/enabled");
    }

    @Test
    void anEnvironmentGoesOffWithItsLastEnabledStrategy() {
        String flag = flags.add("a");
        flags.switchOn(flag, "production");
        String strategies = "/environments/production/strategies";
        String strategy =
                flags.call("GET", flag, strategies, "").path(0).path("id").asString();

        flags.call("PATCH", flag, strategies + "/" + strategy, "[{'op':'replace','path':'/disabled','value':true}]");

        assertThat(listed(flag).fields().get("enabledIn")).isEqualTo(List.of());
    }

    @Test
    void aParentThatStaysArchivedIsToldWhenItsChildComesBackAlone() {
        String parent = flags.add("parent");
        String child = flags.add("child");
        flags.setParent(child, parent);
        List<Order> orders = Stream.of(child, parent).map(this::order).toList();
        apply(orders);

        Answer answer = revert(List.of(reversal(orders.get(0)))).get(0);

        ConnectorException failure = ((Answer.Failed) answer).error();
        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure).hasMessageContaining(parent);
    }

    @Test
    void aFlagThatWasArchivedAgainByHandIsLeftAlone() {
        String flag = flags.add("a");
        Order order = order(flag);
        apply(List.of(order));
        Reversal reversal = reversal(order);
        flags.revive(flag);
        flags.call("DELETE", flag, "", "");

        assertThat(look(reversal)).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
        assertThat(flags.isLive(flag)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATCH|?|[{'op':'replace','path':'/description','value':'kept for the audit'}]",
                "POST|/environments/production/strategies|{'name':'default','parameters':{},'constraints':[]}",
                "PATCH|/environments/production/strategies/STRATEGY|[{'op':'replace','path':'/title','value':'mine'}]"
            })
    void whatSomebodyChangedInTheArchiveIsLeftThere(String change) {
        List<String> request = List.of(change.split("\\|"));
        String flag = flags.addRich("rich", flags.add("parent"));
        Order order = order(flag);
        apply(List.of(order));
        Reversal reversal = reversal(order);
        assertThat(look(reversal)).isEqualTo(Progress.NOT_BEGUN);
        String strategy = flags.call("GET", flag, "/environments/production/strategies", "")
                .path(0)
                .path("id")
                .asString();

        flags.call(request.get(0), flag, request.get(1).replace("?", "").replace("STRATEGY", strategy), request.get(2));

        assertThat(look(reversal)).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
        assertThat(flags.isLive(flag)).isFalse();
        assertThat(flags.events("feature-revived", flag)).isZero();
    }

    @Test
    void aFlagThatIsGoneFromTheArchiveIsAbsent() throws InterruptedException {
        String flag = flags.add("a");
        Order order = order(flag);
        apply(List.of(order));
        Reversal reversal = reversal(order);
        flags.delete(flag);

        assertThat(capture(flag)).isInstanceOf(Capture.Absent.class);
        assertThat(look(reversal)).isEqualTo(Progress.FOREIGN);
        assertThat(revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void aFlagThatWasNeverSeenIsUnusedSinceItWasMade() {
        String flag = flags.add("a");

        Capture.Present capture = (Capture.Present) capture(flag);

        assertThat(capture.resource().use()).isEqualTo(new Use.NeverSince(Instant.parse("2026-01-02T03:04:05.678Z")));
    }

    @Test
    void aWrongTokenIsCalledSoAndNotShown() {
        String wrong = "*:*.0123456789abcdef";
        try (Reader reader = connector(wrong).reader(connection())) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));

            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(failure.getMessage() + failure.remedy()).doesNotContain(wrong);
        }
    }

    @Test
    void aTokenForApplicationsIsAnotherKindOfToken() {
        String secret = unleash.post(
                        "/api/admin/api-tokens",
                        "{'type':'client','tokenName':'" + flags.prefix()
                                + "','environment':'development','projects':['*']}")
                .path("secret")
                .asString();
        try (Reader reader = connector(secret).reader(connection())) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));

            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(failure.remedy()).contains("not a client or frontend token");
        }
    }

    private UnleashFlags connector(String token) {
        return new UnleashFlags(http, reference -> new Secret(token));
    }

    private UnleashFlags connector() {
        return connector(unleash.token());
    }

    private Connection connection() {
        return flags.connection("default", Connection.Timeouts.DEFAULT);
    }

    private Resource listed(String flag) {
        try (Reader reader = connector().reader(connection())) {
            return reader.find(Scope.WHOLE).resources().stream()
                    .filter(resource -> resource.name().equals(flag))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private Capture capture(String flag) {
        try (Reader reader = connector().reader(connection())) {
            return reader.capture(List.of(ref(flag))).get(0);
        }
    }

    private State state(String flag) {
        return ((Capture.Present) capture(flag)).state();
    }

    private Progress look(Task task) {
        try (Reader reader = connector().reader(connection())) {
            return reader.look(List.of(task)).get(0).progress();
        }
    }

    private List<Answer> apply(List<Order> orders) {
        try (Writer writer = connector().writer(connection())) {
            return writer.apply(orders);
        }
    }

    private List<Answer> revert(List<Reversal> reversals) {
        try (Writer writer = connector().writer(connection())) {
            return writer.revert(reversals);
        }
    }

    private static ResourceRef ref(String flag) {
        return new ResourceRef("flag", "unleash", flag);
    }

    private Order order(String flag) {
        return new Order(
                new OperationId("apply-" + flag), ref(flag), "archive", state(flag), Instant.EPOCH, Instructions.NONE);
    }

    private Reversal reversal(Order order) {
        String flag = order.resource().id();
        return new Reversal(
                new OperationId("revert-" + flag),
                order.resource(),
                "archive",
                order.before(),
                state(flag),
                Instant.EPOCH,
                Instructions.NONE);
    }
}
