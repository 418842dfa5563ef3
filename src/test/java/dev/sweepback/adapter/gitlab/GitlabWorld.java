package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Redaction;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.SettableClock;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.GitlabTwin;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** A twin of GitLab, a connection to its project, and the steps that a runner takes with a hook. */
final class GitlabWorld implements AutoCloseable {

    static final String TARGET = "https://dten.example.com/v2/hook/k9-credential";
    static final String HOOK_TOKEN = "its-hook-token";
    static final Instructions WITH_TOKEN =
            new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(new SecretRef.Environment("HOOK_TOKEN")), false);

    final SettableClock clock = new SettableClock();
    final GitlabTwin twin = GitlabTwin.start(clock);
    final List<Request> sent = new CopyOnWriteArrayList<>();
    final Map<String, String> environment = new ConcurrentHashMap<>();
    final Secrets secrets = this::resolve;
    final HttpClients http = new HttpClients(clock::advance, this::watched);
    final GitlabWebhooks connector = process();

    /** What becomes of an answer on its way. */
    UnaryOperator<Response> answer = response -> response;

    GitlabWorld() {
        environment.put("TOKEN", twin.token());
        environment.put("HOOK_TOKEN", HOOK_TOKEN);
    }

    private Secret resolve(SecretRef reference) {
        String value = environment.get(((SecretRef.Environment) reference).name());
        if (value == null) {
            throw ConnectorException.secret(reference, "the variable is not set", "set it");
        }
        return new Secret(value);
    }

    private Http watched(Http next) {
        return request -> {
            sent.add(request);
            return answer.apply(next.send(request));
        };
    }

    /** Knows nothing of what was answered before. */
    GitlabWebhooks process() {
        return new GitlabWebhooks(http, secrets, clock, new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    Connection connection() {
        return connection(Map.of("project", twin.project()));
    }

    Connection connection(Map<String, String> options) {
        return new Connection(
                "gitlab",
                "gitlab",
                "test",
                twin.url(),
                options,
                Map.of("token", new SecretRef.Environment("TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
    }

    /** One that delivers releases and merge requests. */
    long hook(String url) {
        return twin.addProjectHook(url, List.of("releases_events", "merge_requests_events"), HOOK_TOKEN);
    }

    static ResourceRef ref(long id) {
        return new ResourceRef("webhook", "gitlab", Long.toString(id));
    }

    List<Resource> find() {
        return find(connection());
    }

    List<Resource> find(Connection connection) {
        try (Reader reader = connector.reader(connection)) {
            return reader.find(Scope.WHOLE).resources();
        }
    }

    Resource listed(long id) {
        return find().stream()
                .filter(resource -> resource.ref().equals(ref(id)))
                .findFirst()
                .orElseThrow();
    }

    Optional<String> objection(Instructions instructions) {
        try (Reader reader = connector.reader(connection())) {
            return reader.objection(instructions);
        }
    }

    State state(ResourceRef ref) {
        try (Reader reader = connector.reader(connection())) {
            return reader.capture(List.of(ref)).get(0) instanceof Capture.Present present
                    ? present.state()
                    : State.ABSENT;
        }
    }

    Order order(long id, String action) {
        return order(id, action, Instructions.NONE);
    }

    Order order(long id, String action, Instructions instructions) {
        return new Order(
                new OperationId("apply-" + id), ref(id), action, state(ref(id)), clock.instant(), instructions);
    }

    Reversal reversal(Order order) {
        return new Reversal(
                new OperationId("revert-" + order.resource().id()),
                order.resource(),
                order.action(),
                order.before(),
                state(order.resource()),
                clock.instant(),
                order.instructions());
    }

    /** Applied without being refused. */
    Order applied(long id, String action, Instructions instructions) {
        Order order = order(id, action, instructions);
        if (apply(order) instanceof Answer.Failed failed) {
            throw failed.error();
        }
        return order;
    }

    Answer apply(Order order) {
        try (Writer writer = connector.writer(connection())) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    Answer revert(Reversal reversal) {
        return revert(connector, reversal);
    }

    Answer revert(GitlabWebhooks process, Reversal reversal) {
        try (Writer writer = process.writer(connection())) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    Look look(Task task) {
        return look(connector, task);
    }

    Look look(GitlabWebhooks process, Task task) {
        try (Reader reader = process.reader(connection())) {
            return reader.look(List.of(task)).get(0);
        }
    }

    /** The bodies of the requests with this method. */
    List<JsonNode> bodies(String method) {
        return sent.stream()
                .filter(request -> request.method().equals(method))
                .flatMap(request -> request.body().stream())
                .toList();
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
