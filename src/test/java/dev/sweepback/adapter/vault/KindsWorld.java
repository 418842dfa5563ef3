package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
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
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.VaultTwin;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Vault with secret-ids and keys, and the connectors for them; keeps what they send. */
final class KindsWorld implements AutoCloseable {

    static final String ROLE = "dten-migrator";
    static final Scope IDS = new Scope(Map.of("role", ROLE));

    final VaultWorld world = new VaultWorld();
    final VaultTwin twin = world.twin;
    /** All that went to Vault. */
    final List<Request> sent = new CopyOnWriteArrayList<>();

    final Map<SecretRef, Secret> referred = new HashMap<>();
    /** What the settings name besides. */
    final List<Connection> settings = new ArrayList<>();

    /** What comes back passes through this. */
    BiFunction<Request, Response, Response> answering = (request, response) -> response;

    final HttpClients http = new HttpClients(pause -> {}, next -> request -> {
        sent.add(request);
        return answering.apply(request, next.send(request));
    });
    final VaultSecretIds secretIds;
    final VaultKv kv;
    final VaultTokens tokens;

    KindsWorld() {
        twin.appRoles().role(ROLE, List.of("dten"));
        twin.appRoles().role("another", List.of("dten"));
        Secrets secrets = reference -> referred.getOrDefault(reference, new Secret(world.own.id()));
        secretIds =
                new VaultSecretIds(http, secrets, world.clock, world.home, name -> world.connection, () -> settings);
        kv = new VaultKv(
                http,
                secrets,
                world.clock,
                new Redaction("a key".getBytes(StandardCharsets.UTF_8)),
                world.home,
                name -> world.connection,
                () -> settings);
        tokens = new VaultTokens(http, secrets, world.clock, world.home, name -> world.connection, () -> settings);
    }

    /** The request or the response of what a real Vault was asked. */
    static JsonNode recorded(String recording) {
        String file = "/recordings/vault/" + recording + ".json";
        try (InputStream content = Objects.requireNonNull(KindsWorld.class.getResourceAsStream(file), file)) {
            return JsonMapper.shared().readTree(content);
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    static String recordedBody(String recording) {
        return recorded(recording).path("response").path("body").toString();
    }

    /** Method and path of all that changes something, and with what body. */
    List<String> writes() {
        return sent.stream()
                .filter(request -> !List.of("GET", "LIST").contains(request.method())
                        && !request.path().endsWith("/lookup")
                        && !request.path().endsWith("/lookup-accessor")
                        && !request.path().endsWith("/capabilities-self"))
                .map(request -> request.method() + " " + request.path()
                        + request.body().map(body -> " " + body).orElse(""))
                .toList();
    }

    static ResourceRef secretId(String accessor) {
        return secretId(ROLE, accessor);
    }

    static ResourceRef secretId(String role, String accessor) {
        return new ResourceRef("secret-id", "vault", "approle/" + role + "/" + accessor);
    }

    static ResourceRef key(String path) {
        return new ResourceRef("kv", "vault", path);
    }

    List<Resource> find(Connector connector, Scope scope) {
        try (Reader reader = connector.reader(world.connection)) {
            return reader.find(scope).resources();
        }
    }

    Capture capture(Connector connector, ResourceRef ref) {
        return world.capture(connector, ref);
    }

    Resource resource(Connector connector, ResourceRef ref) {
        return ((Capture.Present) capture(connector, ref)).resource();
    }

    Order order(Connector connector, ResourceRef ref, Instructions instructions) {
        return new Order(
                new OperationId("op-1"),
                ref,
                connector.descriptor().actions().get(0).name(),
                world.state(connector, ref),
                world.clock.instant(),
                instructions);
    }

    Answer apply(Connector connector, Order order) {
        return world.apply(connector, order);
    }

    List<Answer> apply(Connector connector, List<Order> orders) {
        try (Writer writer = connector.writer(world.connection)) {
            return writer.apply(orders);
        }
    }

    /** The task that takes it back, from how the system looks now. */
    Reversal reversal(Connector connector, Order order) {
        Capture now = capture(connector, order.resource());
        return new Reversal(
                new OperationId("op-2"),
                order.resource(),
                order.action(),
                order.before(),
                now instanceof Capture.Present present ? present.state() : State.ABSENT,
                world.clock.instant(),
                order.instructions());
    }

    Reversal applied(Connector connector, ResourceRef ref, Instructions instructions) {
        Order order = order(connector, ref, instructions);
        apply(connector, order);
        return reversal(connector, order);
    }

    Answer revert(Connector connector, Reversal reversal) {
        return world.revert(connector, reversal);
    }

    Look look(Connector connector, Task task) {
        return world.look(connector, task);
    }

    @Override
    public void close() {
        http.close();
        world.close();
    }
}
