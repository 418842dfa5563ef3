package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.KindsWorld.recordedBody;
import static dev.sweepback.adapter.vault.VaultWorld.lease;
import static dev.sweepback.adapter.vault.VaultWorld.tokenRef;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.TwinRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/** No credential lives that nobody can have, and none is revoked whose equivalent nobody could get. */
class HandoverTest {

    private static final Handover KV = VaultWorld.kv("secret/handover/dten");
    private static final Predicate<TwinRequest> HANDING_OVER = Faults.request("POST", "/v1/secret/data/.*");

    private final VaultWorld world = new VaultWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Reversal lost(Handover handover) {
        return world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), handover);
    }

    @Test
    void whatCouldNotBeHandedOverIsRevokedAtOnce() {
        Reversal reversal = lost(KV);
        world.twin.faults().next(HANDING_OVER).answer(403, "application/json", recordedBody("no-permission-403"));

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.leasesOf("dten-migrator")).isEmpty();
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    @Test
    void aTokenThatCouldNotBeHandedOverIsRevokedAtOnce() {
        Reversal reversal = world.revoked(world.tokens, tokenRef(world.token("")), KV);
        world.twin.faults().next(HANDING_OVER).answer(403, "application/json", recordedBody("no-permission-403"));

        Answer answer = world.revert(world.tokens, reversal);

        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(world.look(world.tokens, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    @Test
    void aHandoverThatNeverArrivedTakesTheCredentialAlong() {
        Reversal reversal = lost(KV);
        world.twin.faults().next(HANDING_OVER).reset();

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.leasesOf("dten-migrator")).isEmpty();
    }

    @Test
    void aHandoverWhoseAnswerWasLostIsFoundAndCounts() {
        Reversal reversal = lost(KV);
        world.twin.faults().next(HANDING_OVER).resetAfterwards();

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void aHandoverOfWhichItCannotBeToldIsLeftToALaterLook() {
        Reversal reversal = lost(KV);
        world.look(world.leases, reversal);
        world.twin.faults().next(HANDING_OVER).resetAfterwards();
        world.twin
                .faults()
                .next(
                        100,
                        request -> request.path().startsWith("/v1/secret/data/")
                                && world.twin.secret("handover/dten/op-2").isPresent())
                .reset();

        Answer answer = world.revert(world.leases, reversal);
        world.twin.faults().clear();

        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void whereTheMountIsNotThereNothingIsIssued() {
        Reversal reversal = lost(VaultWorld.kv("nomount/handover"));

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.leasesOf("dten-migrator")).isEmpty();
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.UNKNOWN);
    }

    /** A proxy's page would else have the credential revoked that somebody may have by now. */
    @ParameterizedTest
    @CsvSource({
        "404, text/html, <h1>404 page not found</h1>",
        "404, application/json, '{\"message\":\"no Route matched\"}'",
        "404, application/json, '{\"errors\":[\"no handler for route\"]}'",
        "403, text/html, <h1>Forbidden</h1>",
        "200, text/html, <h1>Sign in</h1>"
    })
    void whatSomebodyElseAnswersDoesNotMeanThatNothingWasHandedOver(int status, String type, String body) {
        Reversal reversal = lost(KV);
        world.revert(world.leases, reversal);
        List<String> issued = List.copyOf(world.twin.leasesOf("dten-migrator"));
        Optional<ObjectNode> left = world.twin.secret("handover/dten/op-2");
        world.twin.faults().next(100, Faults.request("GET", "/v1/secret/.*")).answer(status, type, body);

        Progress progress = world.look(world.leases, reversal).progress();
        Answer again = world.revert(world.leases, reversal);
        world.twin.faults().clear();

        assertThat(progress).isEqualTo(Progress.UNKNOWN);
        assertThat(again).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1).containsExactlyElementsOf(issued);
        assertThat(world.twin.secret("handover/dten/op-2")).isEqualTo(left);
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.DONE);
    }

    @Test
    void aPlaceThatCanBeWrittenIsNoObjection() {
        assertThat(objection(world.leases, KV)).isEmpty();
        assertThat(objection(world.tokens, VaultWorld.kv("kv1/handover"))).isEmpty();
        assertThat(objection(world.leases, Handover.LOCAL)).isEmpty();
        assertThat(world.twin.secret("handover/dten/operation")).isEmpty();
    }

    @Test
    void aMountThatIsNotThereOrIsNoKeyValueEngineIsAnObjection() {
        assertThat(objection(world.leases, VaultWorld.kv("nomount/handover")).orElse(""))
                .contains("handed over")
                .contains("no such mount");
        assertThat(objection(world.tokens, VaultWorld.kv("database/creds")).orElse(""))
                .contains("key/value");
    }

    @Test
    void aPlaceThatMayNotBeWrittenIsAnObjection() {
        world.twin.policy("sweepback", List.of("secret/data/handover"), List.of());

        assertThat(objection(world.leases, KV).orElse(""))
                .contains("create, update, read on secret/data/handover/dten");
    }

    @Test
    void aPlaceThatCannotBeAskedAboutIsAnObjection() {
        world.twin.policy("sweepback", List.of("sys/capabilities-self"), List.of());

        assertThat(objection(world.leases, KV).orElse("")).contains("sys/capabilities-self");
    }

    private Optional<String> objection(Connector connector, Handover handover) {
        try (Reader reader = connector.reader(world.connection)) {
            return reader.objection(new Instructions(Scope.WHOLE, handover, Optional.empty(), false));
        }
    }

    @Test
    void anUndoOfManyLooksAtEachTokenOfTheVaultOnce() {
        for (int index = 0; index < 50; index++) {
            world.token("");
        }
        List<Reversal> reversals = new ArrayList<>();
        for (int index = 0; index < 10; index++) {
            reversals.add(revoked(index));
        }
        world.twin.traffic().clear();

        try (Reader reader = world.leases.reader(world.connection);
                Writer writer = world.leases.writer(world.connection)) {
            for (Reversal reversal : reversals) {
                assertThat(reader.look(List.of(reversal)).get(0).progress()).isEqualTo(Progress.NOT_BEGUN);
                assertThat(writer.revert(List.of(reversal)).get(0)).isInstanceOf(Answer.Accepted.class);
                assertThat(reader.look(List.of(reversal)).get(0).progress()).isEqualTo(Progress.DONE);
            }
        }

        // two tokens are there already, and each undo makes three and looks two of them up itself
        assertThat(world.twin.traffic().count("POST", "/v1/auth/token/lookup-accessor"))
                .isLessThanOrEqualTo(52 + 10 * 5);
    }

    private Reversal revoked(int index) {
        ResourceRef ref = lease(world.twin.issueLease("dten-migrator"));
        Order order = world.order(world.leases, ref);
        world.apply(world.leases, order);
        return new Reversal(
                new OperationId("undo-" + index),
                ref,
                "revoke",
                order.before(),
                State.ABSENT,
                world.clock.instant(),
                new Instructions(Scope.WHOLE, KV, Optional.empty(), false));
    }

    /** Nothing is wrong with the place: blocked, the job could count as done for a Vault that was slow once. */
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aPlaceThatCannotBeAskedAboutForTheMomentIsNoObjection(int status) {
        world.twin
                .faults()
                .next(20, asked -> asked.path().startsWith("/v1/sys/"))
                .slowDown(status, Duration.ofMinutes(50), "{\"errors\":[]}");

        ConnectorException unread = catchThrowableOfType(ConnectorException.class, () -> objection(world.leases, KV));

        assertThat(unread.mayPass()).isTrue();
    }
}
