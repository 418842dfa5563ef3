package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.VaultTwin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A twin of Vault with one database role, one orphan token role, and a token of Sweepback's own. */
final class VaultWorld implements AutoCloseable {

    static final String PATH = "database/creds/dten-migrator";
    static final Scope LEASES = new Scope(Map.of("prefix", PATH));

    /** Moves only when told. */
    static final class Hand extends Clock {
        private volatile Instant now = Instant.parse("2026-11-02T20:00:00Z");

        void advance(Duration duration) {
            now = now.plus(duration);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    final Hand clock = new Hand();
    final Sandbox sandbox = Sandbox.start(clock);
    final VaultTwin twin = sandbox.vault();
    final HttpClients http = new HttpClients(clock, pause -> {}, UnaryOperator.identity());
    final Path home = temporary();
    final VaultTwin.IssuedToken own;
    final Secrets secrets;
    final Connection connection;
    /** What the settings name besides. */
    final List<Connection> settings = new ArrayList<>();

    final VaultLeases leases;
    final VaultTokens tokens;

    VaultWorld() {
        twin.databaseRole("dten-migrator", Duration.ofHours(1), Duration.ofHours(24));
        twin.tokenRole("sweepback-undo", List.of("dten", "issue-dten"), true);
        own = twin.createToken(json("{'policies':['sweepback'],'no_parent':true,'ttl':'24h'}"));
        secrets = reference -> new Secret(own.id());
        connection = connection(Map.of("reissueRole", "sweepback-undo"));
        leases = new VaultLeases(http, secrets, clock, home, name -> connection);
        tokens = new VaultTokens(http, secrets, clock, home, name -> connection, () -> settings);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sweepback-vault");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Connection connection(Map<String, String> options) {
        return connection("vault", options);
    }

    Connection connection(String name, Map<String, String> options) {
        return new Connection(
                name,
                "vault",
                "test",
                twin.url(),
                options,
                Map.of("auth.token", new SecretRef.Environment("VAULT_TOKEN")),
                4,
                Connection.Timeouts.DEFAULT);
    }

    static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    /** A token that a job may revoke. */
    String token(String more) {
        return twin.createToken(json("{'policies':['dten'],'no_parent':true,'ttl':'2h'" + more + "}"))
                .accessor();
    }

    static ResourceRef lease(String id) {
        return new ResourceRef("lease", "vault", id);
    }

    static ResourceRef tokenRef(String accessor) {
        return new ResourceRef("token", "vault", accessor);
    }

    Capture capture(Connector connector, ResourceRef ref) {
        try (Reader reader = connector.reader(connection)) {
            return reader.capture(List.of(ref)).get(0);
        }
    }

    State state(Connector connector, ResourceRef ref) {
        return ((Capture.Present) capture(connector, ref)).state();
    }

    Order order(Connector connector, ResourceRef ref) {
        return new Order(
                new OperationId("op-1"), ref, "revoke", state(connector, ref), clock.instant(), Instructions.NONE);
    }

    Answer apply(Connector connector, Order order) {
        try (Writer writer = connector.writer(connection)) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    Look look(Connector connector, Task task) {
        try (Reader reader = connector.reader(connection)) {
            return reader.look(List.of(task)).get(0);
        }
    }

    Answer revert(Connector connector, Reversal reversal) {
        try (Writer writer = connector.writer(connection)) {
            return writer.revert(List.of(reversal)).get(0);
        }
    }

    /** Revokes, and gives the task that takes it back. */
    Reversal revoked(Connector connector, ResourceRef ref, Handover handover) {
        Order order = order(connector, ref);
        apply(connector, order);
        return new Reversal(
                new OperationId("op-2"),
                ref,
                "revoke",
                order.before(),
                State.ABSENT,
                clock.instant(),
                new Instructions(Scope.WHOLE, handover, Optional.empty(), false));
    }

    /** An undo of a lease whose process dies right before it sends a request like this: method and the beginning of the path. */
    void killedAt(String request, Reversal reversal) {
        UnaryOperator<Http> death = next -> sent -> {
            if (sent.toString().startsWith(request)) {
                throw new Killed();
            }
            return next.send(sent);
        };
        try (HttpClients dying = new HttpClients(pause -> {}, death);
                Writer writer = new VaultLeases(dying, secrets, clock, home, name -> connection).writer(connection)) {
            assertThatThrownBy(() -> writer.revert(List.of(reversal))).isInstanceOf(Killed.class);
        }
    }

    /** Nothing catches this. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    static Handover kv(String path) {
        return new Handover(Optional.of("vault"), path);
    }

    @Override
    public void close() {
        http.close();
        sandbox.close();
        remove(home);
    }

    private static void remove(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
