package dev.sweepback.adapter.github;

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
import dev.sweepback.connector.Use;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.GithubTwin;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A twin of GitHub, a connection to its repository or organization, and the steps that a runner takes with a hook. */
final class GithubWorld implements AutoCloseable {

    static final String TARGET = "https://dten.example.com/v2/hook/k9-credential";
    static final String SECRET = "its-hook-secret";
    static final SecretRef SECRET_REF = new SecretRef.Environment("HOOK_SECRET");
    static final Instructions WITH_SECRET =
            new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(SECRET_REF), false);

    /** A request as it was sent, and what came back. */
    record Exchange(Request request, Response response) {}

    final SettableClock clock = new SettableClock();
    final GithubTwin twin;
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final Map<String, String> environment = new ConcurrentHashMap<>();
    final Secrets secrets = this::resolve;
    final HttpClients http = new HttpClients(clock::advance, this::recorded);
    final GithubWebhooks connector;
    private final Map<String, String> owner;

    private GithubWorld(boolean enterprise, Map<String, String> owner) {
        this.twin = enterprise ? GithubTwin.enterprise(clock) : GithubTwin.start(clock);
        this.owner = owner;
        environment.put("TOKEN", twin.token());
        environment.put("HOOK_SECRET", SECRET);
        connector = process(http, clock);
    }

    static GithubWorld ofARepository() {
        return new GithubWorld(false, Map.of("repository", "acme/dten"));
    }

    /** @param owner {@code repository} or {@code organization} */
    static GithubWorld of(String owner) {
        return owner.equals("repository") ? ofARepository() : ofAnOrganization();
    }

    static GithubWorld ofAnOrganization() {
        return new GithubWorld(false, Map.of("organization", "acme"));
    }

    static GithubWorld onAnOwnServer(Map<String, String> owner) {
        return new GithubWorld(true, owner);
    }

    private Secret resolve(SecretRef reference) {
        String value = environment.get(((SecretRef.Environment) reference).name());
        if (value == null) {
            throw ConnectorException.secret(reference, "the variable is not set", "set it");
        }
        return new Secret(value);
    }

    private Http recorded(Http next) {
        return request -> {
            Response response = next.send(request);
            exchanges.add(new Exchange(request, response));
            return response;
        };
    }

    List<Request> sent() {
        return exchanges.stream().map(Exchange::request).toList();
    }

    /** Knows nothing of what was answered before. */
    GithubWebhooks process(HttpClients clients, Clock its) {
        return new GithubWebhooks(clients, secrets, its, new Redaction("key".getBytes(StandardCharsets.UTF_8)));
    }

    Connection connection() {
        return connection(owner);
    }

    Connection connection(Map<String, String> options) {
        return new Connection(
                "github",
                "github",
                "test",
                twin.url(),
                options,
                Map.of("token", new SecretRef.Environment("TOKEN")),
                2,
                Connection.Timeouts.DEFAULT);
    }

    long hook(@Nullable String secret) {
        return hook(TARGET, secret);
    }

    long hook(String target, @Nullable String secret) {
        return owner.containsKey("repository")
                ? twin.addHook(target, List.of("release", "push"), secret, true)
                : twin.addOrganizationHook(target, List.of("release", "push"), secret, true);
    }

    List<Long> hookIds() {
        return owner.containsKey("repository") ? twin.hookIds() : twin.organizationHookIds();
    }

    static ResourceRef ref(long id) {
        return new ResourceRef("webhook", "github", Long.toString(id));
    }

    List<Resource> find() {
        try (Reader reader = connector.reader(connection())) {
            return reader.find(Scope.WHOLE).resources();
        }
    }

    Resource listed(long id) {
        return find().stream()
                .filter(resource -> resource.ref().equals(ref(id)))
                .findFirst()
                .orElseThrow();
    }

    Use use(long id) {
        try (Reader reader = connector.reader(connection())) {
            return reader.use(List.of(listed(id))).get(0);
        }
    }

    Optional<String> objection(Instructions instructions) {
        try (Reader reader = connector.reader(connection())) {
            return reader.objection(instructions);
        }
    }

    Capture capture(ResourceRef ref) {
        try (Reader reader = connector.reader(connection())) {
            return reader.capture(List.of(ref)).get(0);
        }
    }

    State state(ResourceRef ref) {
        return capture(ref) instanceof Capture.Present present ? present.state() : State.ABSENT;
    }

    Order order(long id, String action) {
        return order(id, action, Instructions.NONE);
    }

    Order order(long id, String action, Instructions instructions) {
        return new Order(new OperationId("apply"), ref(id), action, state(ref(id)), clock.instant(), instructions);
    }

    Reversal reversal(Order order) {
        return reversal(order, clock);
    }

    Reversal reversal(Order order, Clock now) {
        return new Reversal(
                new OperationId("revert"),
                order.resource(),
                order.action(),
                order.before(),
                state(order.resource()),
                now.instant(),
                order.instructions());
    }

    Answer apply(Order order) {
        try (Writer writer = connector.writer(connection())) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    Answer revert(Reversal reversal) {
        return revert(connector, reversal);
    }

    Answer revert(GithubWebhooks process, Reversal reversal) {
        try (Writer writer = process.writer(connection())) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    Look look(Task task) {
        return look(connector, task);
    }

    Look look(GithubWebhooks process, Task task) {
        try (Reader reader = process.reader(connection())) {
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

    /** What GitHub signs a delivery with. */
    static String hmac(String secret, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
