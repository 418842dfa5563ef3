package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
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
import dev.sweepback.sandbox.LaunchDarklyTwin;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A twin of LaunchDarkly, a connection to its project, and the steps that a runner takes with a flag. */
final class LaunchDarklyWorld implements AutoCloseable {

    static final String KEY = "checkout-v2-rollout";

    final SettableClock clock = new SettableClock();
    final LaunchDarklyTwin twin = LaunchDarklyTwin.start(clock);
    final List<Request> sent = new CopyOnWriteArrayList<>();
    final HttpClients http = new HttpClients(clock::advance, this::watched);
    final LaunchDarklyFlags connector = new LaunchDarklyFlags(http, reference -> new Secret(twin.token()));

    /** What somebody does right before a request is sent. */
    Consumer<Request> before = request -> {};

    /** What becomes of an answer on its way. */
    UnaryOperator<Response> answer = response -> response;

    private Http watched(Http next) {
        return request -> {
            before.accept(request);
            sent.add(request);
            return answer.apply(next.send(request));
        };
    }

    Connection connection() {
        return connection(twin.project());
    }

    Connection connection(String project) {
        return new Connection(
                "launchdarkly",
                "launchdarkly",
                "test",
                twin.url(),
                Map.of("project", project),
                Map.of("token", new SecretRef.Environment("TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
    }

    static ResourceRef ref(String key) {
        return new ResourceRef("flag", "launchdarkly", key);
    }

    List<String> find() {
        try (Reader reader = connector.reader(connection())) {
            return reader.find(Scope.WHOLE).resources().stream()
                    .map(resource -> resource.ref().id())
                    .toList();
        }
    }

    Resource listed(String key) {
        try (Reader reader = connector.reader(connection())) {
            return reader.find(Scope.WHOLE).resources().stream()
                    .filter(resource -> resource.ref().equals(ref(key)))
                    .findFirst()
                    .orElseThrow();
        }
    }

    State state(String key) {
        try (Reader reader = connector.reader(connection())) {
            return reader.capture(List.of(ref(key))).get(0) instanceof Capture.Present present
                    ? present.state()
                    : State.ABSENT;
        }
    }

    Order order() {
        return new Order(new OperationId("apply"), ref(KEY), "archive", state(KEY), clock.instant(), Instructions.NONE);
    }

    Reversal reversal(Order order) {
        return new Reversal(
                new OperationId("revert"),
                order.resource(),
                order.action(),
                order.before(),
                state(KEY),
                clock.instant(),
                order.instructions());
    }

    Answer apply(Order order) {
        try (Writer writer = connector.writer(connection())) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    Answer revert(Reversal reversal) {
        try (Writer writer = connector.writer(connection())) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    Look look(Task task) {
        try (Reader reader = connector.reader(connection())) {
            return reader.look(List.of(task)).get(0);
        }
    }

    static ConnectorException failure(Answer answer) {
        return ((Answer.Failed) answer).error();
    }

    @Override
    public void close() {
        http.close();
        twin.close();
    }
}
