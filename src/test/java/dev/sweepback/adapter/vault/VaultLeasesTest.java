package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.VaultWorld.LEASES;
import static dev.sweepback.adapter.vault.VaultWorld.PATH;
import static dev.sweepback.adapter.vault.VaultWorld.lease;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Use;
import dev.sweepback.sandbox.Faults;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class VaultLeasesTest {

    private final VaultWorld world = new VaultWorld();

    @AfterEach
    void close() {
        world.close();
    }

    /** They tell by themselves for which operation they were issued. */
    @Test
    void leasesAreIssuedAgainSideBySide() {
        assertThat(world.leases.descriptor().action("revoke").orElseThrow().renews())
                .isFalse();
    }

    private Population find(Scope scope) {
        try (Reader reader = world.leases.reader(world.connection)) {
            return reader.find(scope);
        }
    }

    private ConnectorException failure(Scope scope) {
        return catchThrowableOfType(ConnectorException.class, () -> find(scope));
    }

    @Test
    void listsEveryLeaseBelowThePrefixFolderByFolder() {
        String first = world.twin.issueLease("dten-migrator");
        String second = world.twin.issueLease("dten-migrator");

        Population population = find(new Scope(Map.of("prefix", "/database/")));

        assertThat(population.resources())
                .extracting(resource -> resource.ref().id())
                .containsExactlyInAnyOrder(first, second);
        Resource resource = population.resources().get(0);
        assertThat(resource.fields())
                .containsEntry("path", PATH)
                .containsEntry("issuedAt", world.clock.instant())
                .containsEntry("expiresAt", world.clock.instant().plus(Duration.ofHours(1)))
                .containsEntry("ttl", 3600L)
                .doesNotContainKey("lastRenewedAt");
        assertThat(resource.use()).isEqualTo(new Use.NotTold());
    }

    @Test
    void aPrefixWithoutLeasesIsEmptyAndAForbiddenOneIsNot() {
        assertThat(find(LEASES).resources()).isEmpty();

        world.twin.policy("sweepback", List.of("sys/leases/lookup/"), List.of());

        assertThat(failure(LEASES).kind()).isEqualTo(Kind.FORBIDDEN);
    }

    @Test
    void aPrefixOfNoMountIsNotEmptyAndSaysWhatToCheck() {
        ConnectorException failure = failure(new Scope(Map.of("prefix", "datebase/creds/dten-migrator")));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("datebase/creds/dten-migrator");
        assertThat(failure.remedy()).contains("prefix");
    }

    @Test
    void aDeadTokenIsToldFromAMissingPolicy() {
        world.twin.revokeToken(world.own.accessor());

        ConnectorException failure = failure(LEASES);

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure).hasMessageNotContaining(world.own.id());
    }

    @Test
    void aSealedVaultAndALostActiveNodeCanBeTriedAgain() {
        world.twin.troubles().seal();
        ConnectorException sealed = failure(LEASES);
        world.twin.troubles().unseal();
        world.twin.troubles().loseActiveNode();
        ConnectorException leaderless = failure(LEASES);

        assertThat(sealed.kind()).isEqualTo(Kind.SYSTEM_ERROR);
        assertThat(sealed).hasMessageContaining("sealed");
        assertThat(leaderless.kind()).isEqualTo(Kind.SYSTEM_ERROR);
        assertThat(leaderless).hasMessageContaining("not active");
    }

    @Test
    void aRenewalIsUseAndChangesTheStateButNotTheFingerprint() {
        String id = world.twin.issueLease("dten-migrator");
        Capture.Present before = (Capture.Present) world.capture(world.leases, lease(id));
        world.clock.advance(Duration.ofMinutes(10));
        Capture.Present later = (Capture.Present) world.capture(world.leases, lease(id));
        world.twin.renewLease(id, Duration.ofHours(2));

        Capture.Present renewed = (Capture.Present) world.capture(world.leases, lease(id));

        assertThat(later.state()).isEqualTo(before.state());
        assertThat(renewed.state()).isNotEqualTo(before.state());
        assertThat(renewed.resource().fingerprint()).isEqualTo(before.resource().fingerprint());
        assertThat(renewed.resource().use()).isEqualTo(new Use.At(world.clock.instant()));
    }

    @Test
    void revokesOneLeaseAndProvesItByLooking() {
        String id = world.twin.issueLease("dten-migrator");
        String other = world.twin.issueLease("dten-migrator");
        Order order = world.order(world.leases, lease(id));
        assertThat(world.look(world.leases, order).progress()).isEqualTo(Progress.NOT_BEGUN);

        Answer answer = world.apply(world.leases, order);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(world.leases, order).progress()).isEqualTo(Progress.DONE);
        assertThat(world.twin.leaseIsLive(id)).isFalse();
        assertThat(world.twin.leaseIsLive(other)).isTrue();
    }

    @Test
    void aFailingBackendLeavesTheLeaseLiveAndTheLookSaysSo() {
        String id = world.twin.issueLease("dten-migrator");
        Order order = world.order(world.leases, lease(id));
        world.twin.troubles().databaseDown(true);

        Answer answer = world.apply(world.leases, order);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.SYSTEM_ERROR));
        assertThat(world.look(world.leases, order).progress()).isEqualTo(Progress.NOT_BEGUN);
        assertThat(world.twin.leaseIsLive(id)).isTrue();
    }

    @Test
    void undoHandsOverAnEquivalentLeaseInAFileThatOnlyItsOwnerMayRead() throws IOException {
        String id = world.twin.issueLease("dten-migrator");
        Reversal reversal = world.revoked(world.leases, lease(id), Handover.LOCAL);

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
        Path file = world.home.resolve("handover/op-2.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())))
                .isEqualTo("rwx------");
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.draft");
        JsonNode left = JsonMapper.shared().readTree(Files.readString(file));
        assertThat(left.path("creation_path").asString()).isEqualTo(PATH);
        assertThat(left.path("resource").asString()).isEqualTo("lease:vault/" + id);
        assertThat(left.path("expires").asString())
                .isEqualTo(world.clock.instant().plus(Duration.ofHours(1)).toString());
    }

    @Test
    void whatIsHandedOverUnwrapsToTheNewLease() throws IOException {
        Reversal reversal = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);
        world.revert(world.leases, reversal);
        String wrapping = JsonMapper.shared()
                .readTree(Files.readString(world.home.resolve("handover/op-2.json")))
                .path("wrapping_token")
                .asString();

        JsonNode credential =
                new Driver(world.connection, world.http.writing(world.connection)).unwrap(new Secret(wrapping));

        assertThat(world.twin.leasesOf("dten-migrator"))
                .containsExactly(credential.path("lease_id").asString());
    }

    @Test
    void theReissuedLeaseOutlivesTheTokenThatSweepbackUses() {
        Reversal reversal = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);
        world.revert(world.leases, reversal);

        world.twin.revokeToken(world.own.accessor());

        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
    }

    @Test
    void aFinishedUndoIsSeenWithWhatCanBeKnownAndIsNotRepeated() {
        String id = world.twin.issueLease("dten-migrator");
        Reversal reversal = world.revoked(world.leases, lease(id), VaultWorld.kv("secret/handover/dten"));
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
        world.revert(world.leases, reversal);
        List<String> issued = world.twin.leasesOf("dten-migrator");

        Answer again = world.revert(world.leases, reversal);
        Look look = world.look(world.leases, reversal);

        assertThat(again).isInstanceOf(Answer.Accepted.class);
        assertThat(world.twin.leasesOf("dten-migrator")).isEqualTo(issued).hasSize(1);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(look.resource()).isEqualTo(lease(id));
        assertThat(look.now()).isInstanceOfSatisfying(Capture.Present.class, present -> {
            assertThat(present.state().content().propertyNames()).containsExactlyInAnyOrder("path", "renewable");
            assertThat(present.resource().fields()).containsEntry("path", PATH);
        });
    }

    @Test
    void whatAnInterruptedUndoIssuedIsRevokedExactlyBeforeItIssuesAgain() {
        String id = world.twin.issueLease("dten-migrator");
        Reversal reversal = world.revoked(world.leases, lease(id), VaultWorld.kv("secret/handover/dten"));
        String stranger = world.twin.issueLease("dten-migrator");
        world.killedAt("POST /v1/secret/data", reversal);
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.PARTLY);
        List<String> before = world.twin.leasesOf("dten-migrator");
        assertThat(before).hasSize(2);

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.DONE);
        List<String> after = world.twin.leasesOf("dten-migrator");
        assertThat(after).hasSize(2).contains(stranger).isNotEqualTo(before);
    }

    @Test
    void aLeaseWhoseAnswerWasLostGoesAtOnceWithItsIssuingToken() {
        Reversal reversal = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);
        world.twin.faults().next(Faults.request("GET", "/v1/database/creds/.*")).resetAfterwards();

        Answer lost = world.revert(world.leases, reversal);

        assertThat(lost).isInstanceOf(Answer.Failed.class);
        assertThat(world.twin.leasesOf("dten-migrator")).isEmpty();
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    @Test
    void anIssuingTokenWhoseAnswerWasLostIsFoundByItsMeta() {
        Reversal reversal = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);
        world.twin
                .faults()
                .next(Faults.request("POST", "/v1/auth/token/create/.*"))
                .resetAfterwards();
        world.revert(world.leases, reversal);
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.PARTLY);

        world.revert(world.leases, reversal);

        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
        VaultApi api = new Parts(world.http, world.secrets, world.clock, world.home, name -> world.connection)
                .reading(world.connection);
        assertThat(new IssuedTokens(world.clock).of(reversal, api)).hasSize(1);
    }

    @Test
    void whatAnEarlierProcessIssuedIsRevokedThoughTheOperationIsAnnouncedAnew() {
        Reversal first = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);
        ObjectNode body = JsonMapper.shared().createObjectNode().put("no_parent", true);
        body.putObject("meta").put(Token.OPERATION, first.operation().value());
        String stray = world.twin.createToken(body).accessor();
        assertThat(world.look(world.leases, first).progress()).isEqualTo(Progress.PARTLY);
        world.clock.advance(Duration.ofMinutes(5));

        Reversal again = new Reversal(
                first.operation(),
                first.resource(),
                first.action(),
                first.before(),
                first.after(),
                world.clock.instant(),
                first.instructions());
        world.clock.advance(Duration.ofSeconds(1));
        world.revert(world.leases, again);

        assertThat(world.twin.tokenIsLive(stray)).isFalse();
        assertThat(world.twin.leasesOf("dten-migrator")).hasSize(1);
    }

    @Test
    void aRoleThatMakesNoOrphansIsRefusedAndLeavesNothing() {
        world.twin.tokenRole("sweepback-undo", List.of("dten"), false);
        Reversal reversal = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().remedy()).contains("orphan=true"));
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);
    }

    @Test
    void aLeaseOfAnEngineThatIsWrittenToCannotBeIssuedAgain() {
        Lease certificate = new Lease(
                "pki/issue/www/S7E5NV0KFsfXSM5s6WrcrCJF",
                world.clock.instant(),
                Optional.of(world.clock.instant().plus(Duration.ofHours(1))),
                Optional.empty(),
                false,
                3600);
        Resource resource = certificate.resource(lease(certificate.id()), true);
        Reversal reversal = new Reversal(
                new OperationId("op-2"),
                resource.ref(),
                "revoke",
                certificate.state(),
                State.ABSENT,
                world.clock.instant(),
                Instructions.NONE);

        Answer answer = world.revert(world.leases, reversal);

        assertThat(resource.fields()).containsEntry("reissuable", false);
        assertThat(world.leases
                        .reversible("revoke", resource, Instructions.NONE)
                        .reversibility())
                .isEqualTo(Reversibility.NONE);
        assertThat(world.leases
                        .reversible("revoke", resource, Instructions.NONE)
                        .lost())
                .first()
                .asString()
                .contains("MOUNT/creds/ROLE");
        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.REJECTED));
        assertThat(world.twin.traffic().count("GET", "/v1/pki/.*")).isZero();
    }

    @Test
    void aLeaseThatIsStillThereIsNotIssuedAgain() {
        String id = world.twin.issueLease("dten-migrator");
        State state = world.state(world.leases, lease(id));
        Reversal reversal = new Reversal(
                new OperationId("op-2"),
                lease(id),
                "revoke",
                state,
                State.ABSENT,
                world.clock.instant(),
                Instructions.NONE);

        Answer answer = world.revert(world.leases, reversal);

        assertThat(answer)
                .isInstanceOfSatisfying(
                        Answer.Failed.class,
                        failed -> assertThat(failed.error().kind()).isEqualTo(Kind.CONFLICT));
        assertThat(world.look(world.leases, reversal).progress()).isEqualTo(Progress.FOREIGN);
        assertThat(world.twin.leasesOf("dten-migrator")).containsExactly(id);
    }

    @Test
    void anUnopenedHandoverIsUntouchableEvenIfOrdered() {
        Reversal reversal = world.revoked(world.leases, lease(world.twin.issueLease("dten-migrator")), Handover.LOCAL);
        world.revert(world.leases, reversal);

        List<Resource> untouchable = find(LEASES).resources().stream()
                .filter(resource -> resource.untouchable().isPresent())
                .toList();

        assertThat(untouchable).singleElement().satisfies(resource -> {
            assertThat(resource.untouchable().orElseThrow()).contains("hand-over");
            assertThat(world.apply(world.leases, world.order(world.leases, resource.ref())))
                    .isInstanceOf(Answer.Failed.class);
            assertThat(world.twin.leaseIsLive(resource.ref().id())).isTrue();
        });
    }

    @Test
    void withoutARoleNothingCanBeIssuedAgainAndThePlanCanSaySo() {
        world.twin.issueLease("dten-migrator");
        Resource with = find(LEASES).resources().get(0);
        Resource without;
        try (Reader reader = world.leases.reader(world.connection(Map.of()))) {
            without = reader.find(LEASES).resources().get(0);
        }

        assertThat(world.leases.reversible("revoke", with, Instructions.NONE).reversibility())
                .isEqualTo(Reversibility.REISSUE);
        assertThat(world.leases.reversible("revoke", without, Instructions.NONE).reversibility())
                .isEqualTo(Reversibility.NONE);
        assertThat(world.leases.reversible("revoke", without, Instructions.NONE).lost())
                .first()
                .asString()
                .contains("reissueRole");
    }

    @Test
    void anAnswerThatIsNoLeaseIsUnknownAndNeverAbsent() {
        String id = world.twin.issueLease("dten-migrator");
        world.twin.faults().next(Faults.request("PUT", "/v1/sys/leases/lookup")).wrongJson();

        assertThat(world.capture(world.leases, lease(id))).isInstanceOf(Capture.Unknown.class);
    }
}
