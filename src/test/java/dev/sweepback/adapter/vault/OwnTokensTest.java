package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.VaultWorld.json;
import static dev.sweepback.adapter.vault.VaultWorld.tokenRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.VaultTwin;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sweepback never takes its own access away. */
class OwnTokensTest {

    private static final String ORPHAN = "{'policies':['sweepback'],'no_parent':true,'ttl':'24h'}";
    private static final String CHILD = "{'policies':['sweepback'],'ttl':'24h'}";

    private final VaultWorld world = new VaultWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /** Connection {@code vault} with the first token, {@code second} with the other one. */
    private VaultTokens connector(VaultTwin.IssuedToken first, VaultTwin.IssuedToken second, Connection other) {
        Secrets secrets = reference ->
                new Secret(reference.equals(other.secret("auth.token").orElseThrow()) ? second.id() : first.id());
        return new VaultTokens(
                world.http,
                secrets,
                world.clock,
                world.home,
                name -> world.connection,
                () -> List.of(world.connection, other));
    }

    private Connection other(URI url) {
        return new Connection(
                "second",
                "vault",
                "test",
                url,
                Map.of(),
                Map.of("auth.token", new SecretRef.Environment("SECOND_TOKEN")),
                1,
                Connection.Timeouts.DEFAULT);
    }

    private Resource found(VaultTokens connector, String accessor) {
        try (Reader reader = connector.reader(world.connection)) {
            return reader.find(Scope.WHOLE).resources().stream()
                    .filter(resource -> resource.ref().id().equals(accessor))
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** An order that somebody made when nothing was known against it. */
    private Answer ordered(VaultTokens connector, String accessor) {
        Capture.Present now = (Capture.Present) world.capture(world.tokens, tokenRef(accessor));
        Order order = new Order(
                new OperationId("op-1"),
                tokenRef(accessor),
                "revoke",
                now.state(),
                world.clock.instant(),
                Instructions.NONE);
        try (Writer writer = connector.writer(world.connection)) {
            return writer.apply(List.of(order)).get(0);
        }
    }

    @Test
    void whatCouldBeTheParentOfItsOwnTokenIsUntouchable() {
        VaultTwin.IssuedToken parent = world.twin.createToken(json(ORPHAN));
        VaultTwin.IssuedToken child = world.twin.createToken(parent.accessor(), json(CHILD));
        VaultTokens connector = connector(child, child, other(world.twin.url()));

        String reason = found(connector, parent.accessor()).untouchable().orElse("");
        Answer answer = ordered(connector, parent.accessor());

        assertThat(reason).contains("no orphan").contains("connection 'vault'").contains("-orphan");
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.tokenIsLive(parent.accessor())).isTrue();
        assertThat(world.twin.tokenIsLive(child.accessor())).isTrue();
    }

    @Test
    void theTokenOfAnotherConnectionToTheSameVaultIsUntouchable() {
        VaultTwin.IssuedToken second = world.twin.createToken(json(ORPHAN));
        String free = world.token("");
        VaultTokens connector = connector(world.own, second, other(world.twin.url()));

        assertThat(found(connector, second.accessor()).untouchable().orElse("")).contains("connection 'second'");
        assertThat(ordered(connector, second.accessor())).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.tokenIsLive(second.accessor())).isTrue();
        assertThat(found(connector, free).untouchable()).isEmpty();
        assertThat(ordered(connector, free)).isInstanceOf(Answer.Accepted.class);
        assertThat(world.twin.tokenIsLive(free)).isFalse();
    }

    @Test
    void whatCouldBeTheParentOfAnotherConnectionsTokenIsUntouchable() {
        VaultTwin.IssuedToken parent = world.twin.createToken(json(ORPHAN));
        VaultTwin.IssuedToken second = world.twin.createToken(parent.accessor(), json(CHILD));
        VaultTokens connector = connector(world.own, second, other(world.twin.url()));

        assertThat(found(connector, parent.accessor()).untouchable().orElse("")).contains("connection 'second'");
        assertThat(ordered(connector, parent.accessor())).isInstanceOf(Answer.Failed.class);
    }

    @Test
    void aTokenOfAnotherVaultTakesNothingAwayHere() {
        String free = world.token("");
        try (VaultWorld elsewhere = new VaultWorld()) {
            VaultTwin.IssuedToken child = elsewhere.twin.createToken(json(CHILD));
            VaultTokens connector = connector(world.own, child, other(elsewhere.twin.url()));

            assertThat(found(connector, free).untouchable()).isEmpty();
        }
    }

    @Test
    void whileAnotherConnectionCannotSayWhichTokenItUsesNoneIsTouched() {
        String free = world.token("");
        VaultTwin.IssuedToken second = world.twin.createToken(json(ORPHAN));
        world.twin.revokeToken(second.accessor());
        VaultTokens connector = connector(world.own, second, other(world.twin.url()));

        assertThat(found(connector, free).untouchable().orElse(""))
                .contains("connection 'second'")
                .doesNotContain(second.id());
        assertThat(ordered(connector, free)).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.tokenIsLive(free)).isTrue();
    }

    @Test
    void oneThatCouldNotSayWhichTokenItUsesIsAskedAgain() {
        String free = world.token("");
        VaultTwin.IssuedToken second =
                world.twin.createToken(json("{'policies':['second'],'no_parent':true,'ttl':'24h'}"));
        VaultTokens connector = connector(world.own, second, other(world.twin.url()));

        try (Reader reader = connector.reader(world.connection)) {
            world.twin.policy("second", List.of("auth/token/lookup-self"), List.of());
            Capture.Present first =
                    (Capture.Present) reader.capture(List.of(tokenRef(free))).get(0);
            world.twin.policy("second", List.of(), List.of());
            Capture.Present then =
                    (Capture.Present) reader.capture(List.of(tokenRef(free))).get(0);

            assertThat(first.resource().untouchable()).isPresent();
            assertThat(then.resource().untouchable()).isEmpty();
        }
    }

    @Test
    void theWriterAsksTheTokenAgainAndDoesNotBelieveTheOrder() {
        String child = world.twin.createToken(json(CHILD)).accessor();
        String leases = world.token(",'meta':{'sweepback_issues':'database/creds/dten-migrator'}");
        Order believed = new Order(
                new OperationId("op-1"),
                tokenRef(child),
                "revoke",
                State.of(world.state(world.tokens, tokenRef(child)).content().put("orphan", true)),
                world.clock.instant(),
                Instructions.NONE);

        assertThat(world.apply(world.tokens, believed)).isInstanceOf(Answer.Failed.class);
        assertThat(ordered(world.tokens, leases)).isInstanceOf(Answer.Failed.class);

        assertThat(world.twin.tokenIsLive(child)).isTrue();
        assertThat(world.twin.tokenIsLive(leases)).isTrue();
    }

    @Test
    void aListWithoutItsOwnTokenIsNotTheWholeList() {
        world.twin
                .faults()
                .next(100, Faults.request("LIST", "/v1/auth/token/accessors.*"))
                .answer(404, "application/json", "{\"errors\":[]}");

        try (Reader reader = world.tokens.reader(world.connection)) {
            ConnectorException failure = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));

            assertThat(failure.kind()).isEqualTo(ConnectorException.Kind.MALFORMED);
            assertThat(failure).hasMessageContaining("Sweepback's own token");
        }
    }

    @Test
    void afterANewLoginItIsThePresentTokenThatIsNotRevoked() {
        try (LoginWorld login = new LoginWorld()) {
            Connection connection = login.appRole();
            VaultTokens tokens = new VaultTokens(
                    login.http, login.resolver, login.clock, login.world.home, name -> connection, List::of);
            try (Reader reader = tokens.reader(connection);
                    Writer writer = tokens.writer(connection)) {
                String first = login.api(connection).self().accessor();
                Order before = order(reader, first);
                Answer refusedBefore = writer.apply(List.of(before)).get(0);
                reader.find(Scope.WHOLE);
                login.twin.revokeToken(first);
                reader.find(Scope.WHOLE);
                String second = login.api(connection).self().accessor();

                Answer answer = writer.apply(List.of(order(reader, second))).get(0);

                assertThat(second).isNotEqualTo(first);
                assertThat(refusedBefore).isInstanceOf(Answer.Failed.class);
                assertThat(answer).isInstanceOf(Answer.Failed.class);
                assertThat(login.twin.tokenIsLive(second)).isTrue();
            }
        }
    }

    private Order order(Reader reader, String accessor) {
        Capture.Present now =
                (Capture.Present) reader.capture(List.of(tokenRef(accessor))).get(0);
        return new Order(
                new OperationId("op-1"),
                tokenRef(accessor),
                "revoke",
                now.state(),
                world.clock.instant(),
                Instructions.NONE);
    }

    /** No lasting reason: a job that did another step would count as done. */
    @Test
    void whileAnotherConnectionCannotBeAskedForTheMomentNothingIsKnown() {
        String free = world.token("");
        VaultTokens connector = connector(world.own, world.own, other(URI.create("http://127.0.0.1:1")));

        try (Reader reader = connector.reader(world.connection)) {
            ConnectorException unread = catchThrowableOfType(ConnectorException.class, () -> reader.find(Scope.WHOLE));
            Capture capture = reader.capture(List.of(tokenRef(free))).get(0);

            assertThat(unread.kind()).isEqualTo(ConnectorException.Kind.UNREACHABLE);
            assertThat(unread).hasMessageContaining("connection 'second'").hasMessageContaining("never to be taken");
            assertThat(capture).isInstanceOf(Capture.Unknown.class);
        }
    }

    /** What is under way must be settled, and an undo goes on. */
    @Test
    void aLookDoesNotWaitForAnotherConnection() {
        String free = world.token("");
        Order order = new Order(
                new OperationId("op-1"),
                tokenRef(free),
                "revoke",
                world.state(world.tokens, tokenRef(free)),
                world.clock.instant(),
                Instructions.NONE);
        VaultTokens connector = connector(world.own, world.own, other(URI.create("http://127.0.0.1:1")));

        try (Reader reader = connector.reader(world.connection)) {
            assertThat(reader.look(List.of(order)).get(0).progress()).isEqualTo(Progress.NOT_BEGUN);
        }
        assertThat(ordered(connector, free)).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.tokenIsLive(free)).isTrue();
    }
}
