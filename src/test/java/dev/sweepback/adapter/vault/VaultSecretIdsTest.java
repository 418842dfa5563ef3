package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.KindsWorld.recorded;
import static dev.sweepback.adapter.vault.KindsWorld.recordedBody;
import static dev.sweepback.adapter.vault.KindsWorld.secretId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Use;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.SecretId;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class VaultSecretIdsTest {

    private static final SecretRef OLD = new SecretRef.Environment("OLD_SECRET_ID");
    private static final Instructions ISSUING =
            new Instructions(KindsWorld.IDS, VaultWorld.kv("secret/handover/dten"), Optional.empty(), false);
    private static final Instructions RESTORING =
            new Instructions(KindsWorld.IDS, VaultWorld.kv("secret/handover/dten"), Optional.of(OLD), false);

    private final KindsWorld kinds = new KindsWorld();

    @AfterEach
    void close() {
        kinds.close();
    }

    private SecretId add() {
        return kinds.twin.appRoles().addSecretId(KindsWorld.ROLE, Map.of("upgrade", "2"));
    }

    private List<Resource> found() {
        return kinds.find(kinds.secretIds, KindsWorld.IDS);
    }

    private void answerNext(String method, String path, String recording) {
        kinds.twin
                .faults()
                .next(Faults.request(method, path))
                .answer(
                        recorded(recording).path("response").path("status").asInt(),
                        "application/json",
                        recordedBody(recording));
    }

    private static ConnectorException error(Answer answer) {
        return ((Answer.Failed) answer).error();
    }

    @Test
    void listsThoseOfTheRoleWithWhatConditionsNeed() {
        SecretId added = add();
        kinds.twin.appRoles().addSecretId("another", Map.of());

        assertThat(found()).singleElement().satisfies(resource -> {
            assertThat(resource.ref()).isEqualTo(secretId(added.accessor()));
            assertThat(resource.fields())
                    .containsEntry("role", KindsWorld.ROLE)
                    .containsEntry("mount", "approle")
                    .containsEntry("accessor", added.accessor())
                    .containsEntry("metadata", Map.of("upgrade", "2"))
                    .containsEntry("issuedAt", kinds.world.clock.instant());
            assertThat(resource.toString() + resource.name() + resource.handles() + resource.fields())
                    .doesNotContain(added.id());
        });
    }

    /** Recordings approle-secret-id-list-unknown-role-400 and approle-secret-id-list-empty-404. */
    @Test
    void aRoleThatDoesNotExistIsAnErrorAndOneWithoutSecretIdsIsEmpty() {
        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class, () -> kinds.find(kinds.secretIds, new Scope(Map.of("role", "nosuch"))));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(failure).hasMessageContaining("AppRole 'nosuch'");
        assertThat(found()).isEmpty();
    }

    @Test
    void aMountThatDoesNotExistIsAnError() {
        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class,
                () -> kinds.find(kinds.secretIds, new Scope(Map.of("role", KindsWorld.ROLE, "mount", "elsewhere"))));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    }

    /** Recording approle-secret-id-accessor-lookup-200. */
    @Test
    void aRecordedSecretIdIsRead() {
        JsonNode data = recorded("approle-secret-id-accessor-lookup-200")
                .path("response")
                .path("body")
                .path("data");
        SecretIdAddress address = SecretIdAddress.of(
                secretId("limited", data.path("secret_id_accessor").asString()));

        dev.sweepback.adapter.vault.SecretId read =
                dev.sweepback.adapter.vault.SecretId.from(address, new Answered(data));
        Resource resource = read.resource(address.ref("vault"), Optional.empty());

        assertThat(resource.fields())
                .containsEntry("numUses", 4L)
                .containsEntry("expiresAt", Instant.parse("2026-11-24T21:26:51.879134317Z"))
                .containsEntry("cidrList", List.of("127.0.0.0/16"))
                .containsEntry("tokenBoundCidrs", List.of("127.0.0.1/32"));
        assertThat(resource.use()).isEqualTo(new Use.At(Instant.parse("2026-11-23T21:26:51.881802289Z")));
    }

    /** Recording approle-secret-id-exhausted-lookup-200: it is still there, so it can be revoked. */
    @Test
    void oneThatIsUsedUpIsStillThere() {
        JsonNode data = recorded("approle-secret-id-exhausted-lookup-200")
                .path("response")
                .path("body")
                .path("data");
        ResourceRef ref = secretId(data.path("secret_id_accessor").asString());
        answerNext("POST", ".*/secret-id-accessor/lookup", "approle-secret-id-exhausted-lookup-200");

        assertThat(kinds.capture(kinds.secretIds, ref))
                .isInstanceOfSatisfying(
                        Capture.Present.class,
                        present -> assertThat(present.resource().fields()).containsEntry("numUses", 0L));
    }

    /** Recordings approle-secret-id-accessor-lookup-unknown-500 and approle-secret-id-accessor-destroy-again-500. */
    @Test
    void anUnknownAccessorIs500AndMeansAlreadyGoneAndIsNeverAskedAgain() {
        Order order = kinds.order(kinds.secretIds, secretId(add().accessor()), ISSUING);
        kinds.apply(kinds.secretIds, order);
        kinds.sent.clear();

        assertThat(kinds.capture(kinds.secretIds, order.resource())).isInstanceOf(Capture.Absent.class);
        assertThat(kinds.sent).hasSize(1);

        assertThat(kinds.look(kinds.secretIds, order).progress()).isEqualTo(Progress.DONE);
        assertThat(kinds.apply(kinds.secretIds, order)).isInstanceOf(Answer.Accepted.class);
        assertThat(kinds.writes()).isEmpty();
    }

    @Test
    void oneThatGoesBetweenLookUpAndDestroyIsAlreadyGone() {
        Order order = kinds.order(kinds.secretIds, secretId(add().accessor()), ISSUING);
        answerNext("POST", ".*/secret-id-accessor/destroy", "approle-secret-id-accessor-destroy-again-500");

        assertThat(kinds.apply(kinds.secretIds, order)).isInstanceOf(Answer.Accepted.class);
        assertThat(kinds.writes()).hasSize(1);
    }

    /** Recording approle-secret-id-accessor-lookup-wrong-role-204. */
    @Test
    void anAccessorOfAnotherRoleIsNotOfThisOneAndNotDestroyed() {
        SecretId other = kinds.twin.appRoles().addSecretId("another", Map.of());
        Order right = kinds.order(kinds.secretIds, secretId("another", other.accessor()), ISSUING);
        Order wrong = new Order(
                right.operation(), secretId(other.accessor()), "revoke", right.before(), right.announcedAt(), ISSUING);

        assertThat(kinds.capture(kinds.secretIds, wrong.resource())).isInstanceOf(Capture.Absent.class);
        kinds.apply(kinds.secretIds, wrong);

        assertThat(kinds.writes()).isEmpty();
        assertThat(kinds.capture(kinds.secretIds, right.resource())).isInstanceOf(Capture.Present.class);
    }

    /** Recording approle-secret-id-wrapped-200: the answer names no accessor. */
    @Test
    void undoLeavesAnotherOneWrappedAtTheHandOver() {
        SecretId old = add();
        Reversal reversal = kinds.applied(kinds.secretIds, secretId(old.accessor()), ISSUING);
        assertThat(kinds.look(kinds.secretIds, reversal).progress()).isEqualTo(Progress.NOT_BEGUN);

        Answer answer = kinds.revert(kinds.secretIds, reversal);
        Look look = kinds.look(kinds.secretIds, reversal);

        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        ObjectNode left = kinds.twin.secret("handover/dten/op-2").orElseThrow();
        assertThat(look.resource())
                .isEqualTo(secretId(left.path("wrapped_accessor").asString()));
        assertThat(left.path("wrapping_token").asString()).startsWith("s.");
        assertThat(((Capture.Present) look.now()).resource().fields())
                .containsEntry("metadata", Map.of("upgrade", "2", "sweepback_op", "op-2"));
        assertThat(answer + " " + look + " " + found())
                .doesNotContain(left.path("wrapping_token").asString());
    }

    /** As in recording approle-secret-id-create-200: metadata is a text, addresses are lists. */
    @Test
    void undoAsksForOneLikeTheRevokedInTheFormOfTheRecording() {
        JsonNode data = recorded("approle-secret-id-accessor-lookup-200")
                .path("response")
                .path("body")
                .path("data");
        SecretIdAddress address = SecretIdAddress.of(
                secretId("limited", data.path("secret_id_accessor").asString()));
        Reversal reversal = new Reversal(
                new dev.sweepback.connector.OperationId("op-2"),
                address.ref("vault"),
                "revoke",
                dev.sweepback.adapter.vault.SecretId.from(address, new Answered(data))
                        .state(),
                dev.sweepback.connector.State.ABSENT,
                Instant.parse("2026-11-24T20:26:51Z"),
                ISSUING);
        JsonNode recorded =
                recorded("approle-secret-id-create-200").path("request").path("body");

        ObjectNode body = SecretIdRequest.like(reversal, Instant.parse("2026-11-24T19:26:51Z"), Duration.ofHours(1));

        assertThat(body.propertyNames()).containsExactlyInAnyOrderElementsOf(recorded.propertyNames());
        assertThat(body.path("cidr_list")).isEqualTo(recorded.path("cidr_list"));
        assertThat(body.path("token_bound_cidrs")).isEqualTo(recorded.path("token_bound_cidrs"));
        assertThat(body.path("metadata").asString()).isEqualTo("{\"upgrade\":\"42\",\"sweepback_op\":\"op-2\"}");
        assertThat(body.path("num_uses").asInt()).isEqualTo(4);
        assertThat(body.path("ttl").asString()).isEqualTo("7200s");

        ObjectNode late = SecretIdRequest.like(reversal, Instant.parse("2026-11-24T21:00:00Z"), Duration.ofHours(1));
        assertThat(late.path("ttl").asString()).isEqualTo("86400s");
    }

    @Test
    void oneWhoseAnswerWasLostIsDestroyedAndIssuedAgain() {
        Reversal reversal = kinds.applied(kinds.secretIds, secretId(add().accessor()), ISSUING);
        kinds.twin.faults().next(Faults.request("POST", ".*/secret-id")).resetAfterwards();
        assertThat(kinds.revert(kinds.secretIds, reversal)).isInstanceOf(Answer.Failed.class);
        assertThat(kinds.look(kinds.secretIds, reversal).progress()).isEqualTo(Progress.PARTLY);
        assertThat(found()).hasSize(1);

        assertThat(kinds.revert(kinds.secretIds, reversal)).isInstanceOf(Answer.Accepted.class);

        assertThat(kinds.look(kinds.secretIds, reversal).progress()).isEqualTo(Progress.DONE);
        assertThat(found()).hasSize(1);
    }

    @Test
    void oneThatCannotBeHandedOverIsDestroyedAtOnce() {
        Reversal reversal = kinds.applied(kinds.secretIds, secretId(add().accessor()), ISSUING);
        kinds.twin
                .faults()
                .next(Faults.request("POST", "/v1/secret/data/handover/.*"))
                .answer(403, "application/json", recordedBody("no-permission-403"));

        assertThat(error(kinds.revert(kinds.secretIds, reversal)).kind()).isEqualTo(Kind.FORBIDDEN);

        assertThat(found()).isEmpty();
    }

    /** Recordings approle-custom-secret-id-200 and approle-custom-secret-id-ttl-exceeds-200. */
    @Test
    void whereTheStepRefersToItsValueUndoPutsTheSameSecretIdBack() {
        SecretId old = add();
        kinds.referred.put(OLD, new Secret(old.id()));
        Resource listed = found().get(0);
        Reversal reversal = kinds.applied(kinds.secretIds, secretId(old.accessor()), RESTORING);

        Answer answer = kinds.revert(kinds.secretIds, reversal);
        Look look = kinds.look(kinds.secretIds, reversal);

        assertThat(kinds.secretIds.reversible("revoke", listed, RESTORING)).satisfies(reversible -> {
            assertThat(reversible.reversibility()).isEqualTo(Reversibility.LOSSY);
            assertThat(reversible.lost())
                    .contains("accessor", "expiresAt", "numUses")
                    .doesNotContain("value");
        });
        assertThat(answer).isInstanceOf(Answer.Accepted.class);
        assertThat(look.progress()).isEqualTo(Progress.DONE);
        assertThat(look.resource()).isNotEqualTo(reversal.resource());
        AppRoleApi api = new AppRoleApi(
                "vault",
                unused -> new VaultApi(
                                kinds.world.connection,
                                kinds.world.http.writing(kinds.world.connection),
                                Login.of(kinds.world.connection, kinds.world.http, kinds.world.secrets))
                        .requests());
        assertThat(api.accessorOf(new AppRoleName("approle", KindsWorld.ROLE), new Secret(old.id())))
                .contains(SecretIdAddress.of(look.resource()).accessor());
        assertThat(reversal.before().differences(((Capture.Present) look.now()).state()))
                .contains("/accessor", "/metadata/sweepback_op");
        assertThat(kinds.twin.secret("handover/dten/op-2")).isEmpty();
        assertThat(answer + " " + look).doesNotContain(old.id());
    }

    @Test
    void aReferenceToAnotherSecretIdIsRefusedBeforeAnythingIsRevoked() {
        SecretId first = add();
        SecretId second = add();
        kinds.referred.put(OLD, new Secret(second.id()));
        Order order = kinds.order(kinds.secretIds, secretId(first.accessor()), RESTORING);

        ConnectorException failure = error(kinds.apply(kinds.secretIds, order));

        assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
        assertThat(failure.getMessage() + failure.remedy())
                .contains("secretRef")
                .doesNotContain(second.id());
        assertThat(kinds.writes()).isEmpty();
    }

    @Test
    void aReferenceToNoSecretIdOfTheRoleIsAnObjectionWhilePlanning() {
        SecretId added = add();
        kinds.referred.put(OLD, new Secret("no secret-id"));
        try (Reader reader = kinds.secretIds.reader(kinds.world.connection)) {
            assertThat(reader.objection(RESTORING).orElse("")).contains("no secret-id of role 'dten-migrator'");

            kinds.referred.put(OLD, new Secret(added.id()));

            assertThat(reader.objection(RESTORING)).isEmpty();
            assertThat(reader.objection(ISSUING)).isEmpty();
        }
    }

    /** Recording approle-custom-secret-id-duplicate-500. */
    @Test
    void aValueThatIsThereAlreadyIsAConflict() {
        SecretId old = add();
        kinds.referred.put(OLD, new Secret(old.id()));
        Reversal reversal = kinds.applied(kinds.secretIds, secretId(old.accessor()), RESTORING);
        answerNext("POST", ".*/custom-secret-id", "approle-custom-secret-id-duplicate-500");

        ConnectorException failure = error(kinds.revert(kinds.secretIds, reversal));

        assertThat(failure.kind()).isEqualTo(Kind.CONFLICT);
        assertThat(failure.mayHaveActed()).isFalse();
    }

    /** Recording approle-secret-id-cidr-not-subset-500. */
    @Test
    void addressesThatTheRoleNoLongerAllowsAreSaidAndNotTriedAgain() {
        Reversal reversal = kinds.applied(kinds.secretIds, secretId(add().accessor()), ISSUING);
        answerNext("POST", ".*/secret-id", "approle-secret-id-cidr-not-subset-500");

        ConnectorException failure = error(kinds.revert(kinds.secretIds, reversal));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.remedy()).contains("secret_id_bound_cidrs");
    }

    /** Recording approle-login-200: the token's meta names the role. */
    @Test
    void whatSweepbacksOwnConnectionsLiveByIsUntouchable() {
        SecretId own = add();
        SecretId other = kinds.twin.appRoles().addSecretId("another", Map.of());
        kinds.referred.put(new SecretRef.Environment("VAULT_TOKEN"), new Secret(login(own)));
        kinds.settings.add(kinds.world.connection);
        Order order = kinds.order(kinds.secretIds, secretId(own.accessor()), ISSUING);

        assertThat(found().get(0).untouchable().orElse("")).contains("connection 'vault'");
        assertThat(error(kinds.apply(kinds.secretIds, order)).kind()).isEqualTo(Kind.REJECTED);
        assertThat(kinds.writes()).isEmpty();
        assertThat(kinds.resource(kinds.secretIds, secretId("another", other.accessor()))
                        .untouchable())
                .isEmpty();
    }

    @Test
    void whileAConnectionCannotSayWhatItLivesByNoneIsTouched() {
        SecretId added = add();
        Order order = kinds.order(kinds.secretIds, secretId(added.accessor()), ISSUING);
        kinds.settings.add(kinds.world.connection("second", Map.of()));
        kinds.twin
                .faults()
                .next(100, Faults.request("GET", "/v1/auth/token/lookup-self"))
                .answer(403, "application/json", recordedBody("no-permission-403"));

        assertThat(found().get(0).untouchable()).isPresent();
        assertThat(error(kinds.apply(kinds.secretIds, order)).kind()).isEqualTo(Kind.REJECTED);
        assertThat(kinds.writes()).isEmpty();
    }

    private String login(SecretId secretId) {
        var client = kinds.world.http.writing(kinds.world.connection);
        String roleId = client.send(Request.get("/v1/auth/approle/role/{}/role-id", KindsWorld.ROLE)
                        .header("X-Vault-Token", kinds.twin.token()))
                .json()
                .orElseThrow()
                .path("data")
                .path("role_id")
                .asString();
        return client.send(Request.of("POST", "/v1/auth/approle/login")
                        .body(VaultRequests.object("role_id", roleId).put("secret_id", secretId.id())))
                .json()
                .orElseThrow()
                .path("auth")
                .path("client_token")
                .asString();
    }

    @Test
    void aReaderSendsNothingThatCreatesOrDestroys() {
        for (String path : Arrays.asList("secret-id", "custom-secret-id", "secret-id-accessor/destroy")) {
            ConnectorException failure = catchThrowableOfType(
                    ConnectorException.class,
                    () -> kinds.world
                            .http
                            .reading(kinds.world.connection, VaultSecretIds.reads("approle"))
                            .send(Request.of("POST", "/v1/auth/approle/role/{}/{+}", KindsWorld.ROLE, path)));
            assertThat(failure.kind()).isEqualTo(Kind.NOT_A_READ);
        }
    }
}
