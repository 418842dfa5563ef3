package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.VaultWorld.LEASES;
import static dev.sweepback.adapter.vault.VaultWorld.PATH;
import static dev.sweepback.adapter.vault.VaultWorld.json;
import static dev.sweepback.adapter.vault.VaultWorld.lease;
import static dev.sweepback.adapter.vault.VaultWorld.tokenRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.TwinRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What Vault does that a client would not expect, one test or more for each, by number. The twin does it too. */
class VaultTrapsTest {

    private static final Predicate<TwinRequest> REVOKE = Faults.request("PUT", "/v1/sys/leases/revoke");

    private final VaultWorld world = new VaultWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private String issue() {
        return world.twin.issueLease("dten-migrator");
    }

    private List<Resource> find() {
        try (Reader reader = world.leases.reader(world.connection)) {
            return reader.find(LEASES).resources();
        }
    }

    private long sent(String method, String path) {
        return world.twin.traffic().count(method, path);
    }

    private static ConnectorException failure(Answer answer) {
        return ((Answer.Failed) answer).error();
    }

    /**
     * 1: a revocation is answered with 204 whatever becomes of it. Recordings: {@code lease-revoke-unknown-204}, {@code
     * lease-revoke-already-revoked-204}, {@code lease-lookup-after-revoke-400}.
     */
    @Test
    void theAnswerToARevocationIsNotBelievedOnlyALookTellsThatTheLeaseIsGone() {
        String id = issue();
        Order order = world.order(world.leases, lease(id));
        world.twin.faults().next(REVOKE).answer(204, "application/json", "");

        Answer answer = world.apply(world.leases, order);
        Progress after = world.look(world.leases, order).progress();

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(world.twin.leaseIsLive(id)).isTrue();
        assertThat(after).isEqualTo(Progress.NOT_BEGUN);
    }

    /** 1: only the text says that a lease is gone. Recordings: {@code lease-lookup-unknown-400}, {@code lease-lookup-missing-param-400}. */
    @Test
    void aLookThatIsRefusedForAnotherReasonDoesNotMeanThatTheLeaseIsGone() {
        Order order = world.order(world.leases, lease(issue()));
        world.twin
                .faults()
                .next(Faults.request("PUT", "/v1/sys/leases/lookup"))
                .answer(400, "application/json", "{\"errors\":[\"lease_id must be specified\"]}");

        assertThat(world.look(world.leases, order).progress()).isEqualTo(Progress.UNKNOWN);
    }

    /**
     * 2: what the database could not do comes back as 400, and the lease stays. Recordings: {@code
     * lease-revoke-sync-backend-down-400}, {@code lease-revoke-sync-backend-failure-400}, {@code
     * lease-lookup-after-failed-revoke-200}.
     */
    @Test
    void aDatabaseThatFailsIsNoFinalRefusalAlthoughVaultCallsItABadRequest() {
        String id = issue();
        Order order = world.order(world.leases, lease(id));
        world.twin.troubles().failRevocations("dten-migrator", "pq: role \"{username}\" does not exist");

        ConnectorException failure = failure(world.apply(world.leases, order));
        Progress after = world.look(world.leases, order).progress();
        world.twin.troubles().healRevocations("dten-migrator");
        world.apply(world.leases, order);

        assertThat(failure.kind()).isEqualTo(Kind.SYSTEM_ERROR);
        assertThat(after).isEqualTo(Progress.NOT_BEGUN);
        assertThat(world.look(world.leases, order).progress()).isEqualTo(Progress.DONE);
    }

    /**
     * 3: what AppRole does not know is a 500, and trying again would never end. Recordings: {@code
     * approle-secret-id-accessor-lookup-unknown-500}, {@code approle-secret-id-accessor-destroy-again-500}.
     */
    @Test
    void anUnknownAccessorOfAnAppRoleIsGoneAndNotAFailureOfTheServer() {
        world.twin.appRoles().role("migrator", List.of("dten"));
        Api api = new Api(
                "vault",
                world.http.writing(world.connection),
                () -> Map.of("X-Vault-Token", world.own.id()),
                VaultErrors::judge);

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> api.call(Request.of("POST", "/v1/auth/approle/role/{}/secret-id-accessor/destroy", "migrator")
                        .body(json("{'secret_id_accessor':'b9a2e7d4-0000-4000-8000-000000000000'}"))));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    /** 4: what a token issued goes with it. Recording: {@code undo-lease-dies-with-daemon-token-400}. */
    @Test
    void whatUndoIssuedOutlivesTheRevocationOfTheTokenThatSweepbackUses() {
        world.revert(world.leases, world.revoked(world.leases, lease(issue()), Handover.LOCAL));

        world.twin.revokeToken(world.own.accessor());

        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
    }

    /** 4: also when the token ends by itself. Recording: {@code undo-lease-dies-on-issuer-expiry-400}. */
    @Test
    void whatUndoIssuedOutlivesTheEndOfTheTokenThatSweepbackUses() {
        world.twin.databaseRole("dten-migrator", Duration.ofDays(9), Duration.ofDays(30));
        world.revert(world.leases, world.revoked(world.leases, lease(issue()), Handover.LOCAL));

        world.clock.advance(Duration.ofHours(25));

        assertThat(world.twin.tokenIsLive(world.own.accessor())).isFalse();
        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
    }

    /** 4: a role that was set up without it would be noticed too late. Recording: {@code token-lookup-accessor-child-200}. */
    @Test
    void aTokenRoleThatMakesNoOrphansIsNotIssuedThrough() {
        world.twin.tokenRole("sweepback-undo", List.of("dten", "issue-dten"), false);
        Reversal reversal = world.revoked(world.leases, lease(issue()), Handover.LOCAL);

        ConnectorException failure = failure(world.revert(world.leases, reversal));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.remedy()).contains("orphan=true");
        assertThat(world.twin.leasesOf("dten-migrator")).isEmpty();
    }

    /**
     * 5: Vault's Java driver takes every path for one of engine version 2, and rewrites it and what is written. Recordings:
     * {@code kv2-wrong-path-404}, {@code kv1-read-200}.
     */
    @Test
    void theDriverSendsThePathsAndTheContentThatWereMeant() {
        KeyValue store = KeyValue.writing(world.connection, world.http, world.secrets);
        ObjectNode value = JsonMapper.shared().createObjectNode().put("k", "v");

        store.write("kv1/up/a", value);
        store.write("secret/up/a", value);

        assertThat(sent("POST", "/v1/kv1/up/a")).isOne();
        assertThat(sent("POST", "/v1/secret/data/up/a")).isOne();
        assertThat(store.read("kv1/up/a")).contains(value);
        assertThat(world.twin.secret("up/a")).contains(value);
    }

    /**
     * 5: a path that is wrong is a 404 with other words than a list that is empty. Recordings: {@code no-handler-404}, {@code
     * lease-list-empty-404}.
     */
    @Test
    void aWrongPathIsNotTakenForAnEmptyListOfLeases() {
        issue();
        world.twin
                .faults()
                .next(Faults.request("LIST", "/v1/sys/leases/lookup/.*"))
                .answer(404, "application/json", "{\"errors\":[\"no handler for route 'sys/leases/data/lookup'\"]}");

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, this::find);

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    /**
     * 6: the driver's own calls for leases leave a client and its threads behind each, and lose what Vault said. Recording:
     * {@code lease-revoke-sync-backend-failure-400}.
     */
    @Test
    void revocationsShareOneClientAndKeepWhatVaultSaid() {
        List<Order> orders = Stream.generate(() -> world.order(world.leases, lease(issue())))
                .limit(5)
                .toList();
        Set<String> before = clientThreads();

        orders.subList(0, 4).forEach(order -> world.apply(world.leases, order));
        world.twin.troubles().databaseDown(true);
        ConnectorException failure = failure(world.apply(world.leases, orders.get(4)));

        assertThat(clientThreads()).isEqualTo(before);
        assertThat(sent("PUT", "/v1/sys/leases/revoke")).isEqualTo(5);
        assertThat(failure).hasMessageContaining("secret backend");
    }

    private static Set<String> clientThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("HttpClient-"))
                .collect(Collectors.toSet());
    }

    /**
     * 7: a hand-over that nobody has opened yet stands among the leases of the role. Recordings: {@code wrap-db-creds-200},
     * {@code wrap-token-lookup-accessor-200}.
     */
    @Test
    void anUnopenedHandoverIsNoLeaseToRevokeWhateverTheOrderSays() throws IOException {
        world.revert(world.leases, world.revoked(world.leases, lease(issue()), Handover.LOCAL));
        Resource unopened = find().stream()
                .filter(resource -> resource.ref().id().matches(PATH + "/h[0-9a-f]{64}"))
                .findFirst()
                .orElseThrow();

        Answer answer = world.apply(world.leases, world.order(world.leases, unopened.ref()));

        assertThat(unopened.untouchable().orElse("")).contains("hand-over");
        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(opened().path("lease_id").asString()).startsWith(PATH);
    }

    private JsonNode opened() throws IOException {
        String left = Files.readString(world.home.resolve("handover/op-2.json"));
        return new Driver(world.connection, world.http.writing(world.connection))
                .unwrap(new Secret(JsonMapper.shared()
                        .readTree(left)
                        .path("wrapping_token")
                        .asString()));
    }

    /** 7: a prefix takes them all along, so nothing is ever revoked by prefix. Recording: {@code lease-revoke-prefix-sync-204}. */
    @Test
    void leasesAreRevokedOneByOneAndNeverByTheirPrefix() {
        List<String> leases = List.of(issue(), issue(), issue());

        leases.forEach(id -> world.apply(world.leases, world.order(world.leases, lease(id))));

        assertThat(sent("PUT", "/v1/sys/leases/revoke")).isEqualTo(3);
        assertThat(sent("PUT", "/v1/sys/leases/revoke-prefix/.*")).isZero();
        assertThat(world.twin.leasesOf("dten-migrator")).isEmpty();
    }

    /**
     * 8: Vault lets a token revoke itself and root. Recordings: {@code daemon-revoke-self-204}, {@code
     * token-lookup-self-root-200}, {@code wrap-token-lookup-accessor-200}.
     */
    @Test
    void sweepbackRevokesNeitherItselfNorRootNorAHandoverWhateverTheOrderSays() {
        world.revert(world.leases, world.revoked(world.leases, lease(issue()), Handover.LOCAL));
        String handover = accessorOf(token -> token.untouchable().orElse("").contains("hand-over"));

        for (String accessor : List.of(world.own.accessor(), world.twin.rootAccessor(), handover)) {
            Order order = new Order(
                    new OperationId("op-3"),
                    tokenRef(accessor),
                    "revoke",
                    world.state(world.tokens, tokenRef(accessor)),
                    world.clock.instant(),
                    Instructions.NONE);

            assertThat(world.apply(world.tokens, order)).isInstanceOf(Answer.Failed.class);
            assertThat(world.twin.tokenIsLive(accessor)).isTrue();
        }
    }

    private String accessorOf(Predicate<Resource> which) {
        try (Reader reader = world.tokens.reader(world.connection)) {
            return reader.find(Scope.WHOLE).resources().stream()
                    .filter(which)
                    .map(resource -> resource.ref().id())
                    .findFirst()
                    .orElseThrow();
        }
    }

    /** 9: the HTTP library would send a PUT again after 503, which may have been carried out. Recording: {@code sealed-lease-revoke-503}. */
    @Test
    void aRevocationIsSentOnceEvenIfVaultSaysThatItIsNotAvailable() {
        Order order = world.order(world.leases, lease(issue()));
        world.twin.faults().next(REVOKE).answer(503, "application/json", "{\"errors\":[\"Vault is sealed\"]}");
        Answer sealed = world.apply(world.leases, order);

        assertThat(failure(sealed).kind()).isEqualTo(Kind.SYSTEM_ERROR);
        assertThat(sent("PUT", "/v1/sys/leases/revoke")).isEqualTo(1);
    }

    /** 9: and would follow a standby's redirect and hand the token to whoever it leads to. Recording: {@code not-active-node-500}. */
    @Test
    void theTokenIsNotSentToWhereARedirectLeads() {
        Order order = world.order(world.leases, lease(issue()));
        try (VaultWorld elsewhere = new VaultWorld()) {
            world.twin.faults().next(REVOKE).redirect(307, elsewhere.twin.url() + "/v1/sys/leases/revoke");

            ConnectorException failure = failure(world.apply(world.leases, order));

            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure).hasMessageContaining("redirect");
            assertThat(elsewhere.twin.traffic().total()).isZero();
        }
    }
}
