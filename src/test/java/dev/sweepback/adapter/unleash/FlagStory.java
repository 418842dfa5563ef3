package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.UnleashTwin;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Flags on the twin, and the connector that archives and revives them. */
abstract class FlagStory {

    final SettableClock clock = new SettableClock();
    final Sandbox sandbox = Sandbox.start(clock);
    final UnleashTwin twin = sandbox.unleash();
    final HttpClients http = new HttpClients(clock::advance, UnaryOperator.identity());

    @AfterEach
    void close() {
        http.close();
        sandbox.close();
    }

    void add(String... names) {
        for (String name : names) {
            twin.addFlag("default", name, "release", "a flag", List.of("upgrade:u1"));
        }
    }

    static ObjectNode withoutBookkeeping(ObjectNode dump) {
        dump.forEach(flag -> ((ObjectNode) flag).remove("bookkeeping"));
        return dump;
    }

    static ObjectNode json() {
        return JsonMapper.shared().createObjectNode();
    }

    static ConnectorException failure(Answer answer) {
        return ((Answer.Failed) answer).error();
    }

    Connection connection() {
        return connection(2);
    }

    Connection connection(int concurrency) {
        return new Connection(
                "unleash",
                "unleash",
                "test",
                twin.url(),
                Map.of("project", "default"),
                Map.of("token", new SecretRef.Environment("TOKEN")),
                concurrency,
                Connection.Timeouts.DEFAULT);
    }

    UnleashFlags connector(String token) {
        return new UnleashFlags(http, reference -> new Secret(token));
    }

    List<Resource> find() {
        try (Reader reader = connector(twin.token()).reader(connection())) {
            return reader.find(Scope.WHOLE).resources();
        }
    }

    Resource resource(String flag) {
        return find().stream()
                .filter(resource -> resource.name().equals(flag))
                .findFirst()
                .orElseThrow();
    }

    Capture capture(String flag) {
        try (Reader reader = connector(twin.token()).reader(connection())) {
            return reader.capture(List.of(new ResourceRef("flag", "unleash", flag)))
                    .get(0);
        }
    }

    Look look(Task task) {
        try (Reader reader = connector(twin.token()).reader(connection())) {
            return reader.look(List.of(task)).get(0);
        }
    }

    Order order(String flag) {
        Capture.Present now = (Capture.Present) capture(flag);
        return new Order(
                new OperationId("apply-" + flag),
                now.ref(),
                "archive",
                now.state(),
                clock.instant(),
                Instructions.NONE);
    }

    Reversal reversal(Order order) {
        State after = ((Capture.Present) capture(order.resource().id())).state();
        return new Reversal(
                new OperationId("revert"),
                order.resource(),
                "archive",
                order.before(),
                after,
                clock.instant(),
                Instructions.NONE);
    }

    List<Answer> apply(List<Order> orders) {
        try (Writer writer = connector(twin.token()).writer(connection())) {
            return writer.apply(orders);
        }
    }

    List<Answer> revert(List<Reversal> reversals) {
        try (Writer writer = connector(twin.token()).writer(connection())) {
            return writer.revert(reversals);
        }
    }
}
