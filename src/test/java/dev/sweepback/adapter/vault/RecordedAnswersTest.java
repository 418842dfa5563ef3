package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.ResourceRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real Vault answered is understood. */
class RecordedAnswersTest {

    private static final OwnTokens.Known NONE = new OwnTokens.Known(Map.of(), Optional.empty(), Optional.empty());

    private static JsonNode answer(String recording) {
        String file = "/recordings/vault/" + recording + ".json";
        try (InputStream content = Objects.requireNonNull(RecordedAnswersTest.class.getResourceAsStream(file), file)) {
            return JsonMapper.shared().readTree(content).path("response");
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private static Response response(String recording) {
        JsonNode answer = answer(recording);
        return new Response(
                answer.path("status").asInt(),
                Map.of("content-type", "application/json"),
                answer.path("body").toString());
    }

    private static Answered data(String recording) {
        return new Answered(answer(recording).path("body").path("data"));
    }

    @ParameterizedTest
    @CsvSource({
        "bad-token-403, UNAUTHENTICATED",
        "no-permission-403, FORBIDDEN",
        "missing-token-400, UNAUTHENTICATED",
        "sealed-lease-revoke-503, SYSTEM_ERROR",
        "uninitialized-node-503, SYSTEM_ERROR",
        "not-active-node-500, SYSTEM_ERROR",
        "lease-revoke-sync-backend-down-400, SYSTEM_ERROR",
        "lease-revoke-sync-backend-failure-400, SYSTEM_ERROR",
        "lease-lookup-unknown-400, NOT_FOUND",
        "token-lookup-accessor-unknown-400, NOT_FOUND",
        "approle-secret-id-accessor-lookup-unknown-500, NOT_FOUND",
        "db-creds-unknown-role-400, NOT_FOUND",
        "db-creds-backend-down-500, SYSTEM_ERROR",
        "daemon-create-token-policy-not-allowed-400, FORBIDDEN",
        "daemon-create-token-unwrapped-denied-403, FORBIDDEN",
        "no-handler-404, NOT_FOUND",
    })
    void aRefusalIsJudgedByItsText(String recording, Kind kind) {
        ConnectorException failure =
                VaultErrors.judge("vault", Request.of("PUT", "/v1/sys/leases/revoke"), response(recording));

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.remedy()).isNotBlank();
    }

    @Test
    void onlyAnEmptyListOfErrorsMeansThatNothingIsThere() {
        assertThat(VaultErrors.saysNothingThere(response("lease-list-empty-404")))
                .isTrue();
        assertThat(VaultErrors.saysNothingThere(response("no-handler-404"))).isFalse();
        assertThat(VaultErrors.saysNothingThere(response("kv2-wrong-path-404"))).isFalse();
        assertThat(VaultErrors.saysNothingThere(response("lease-list-no-permission-403")))
                .isFalse();
    }

    @Test
    void onlyVaultsOwnWordsTellThatAPolicyIsMissing() {
        assertThat(VaultErrors.deniesByPolicy(response("no-permission-403"))).isTrue();
        assertThat(VaultErrors.deniesByPolicy(response("lease-list-without-sudo-403")))
                .isTrue();
        assertThat(VaultErrors.deniesByPolicy(response("bad-token-403"))).isFalse();
        assertThat(VaultErrors.deniesByPolicy(new Response(403, Map.of("content-type", "text/html"), "<h1>no</h1>")))
                .isFalse();
    }

    @Test
    void theTokenRoleIsToldWhereThereIsOne() {
        Token made = token("token-lookup-accessor-role-periodic-orphan-200");

        assertThat(made.role()).contains("ops");
        assertThat(lost(made)).contains("role");
        assertThat(token("token-lookup-accessor-200").role()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "lease-lookup-200, database/creds/upgrade/fDcYiagujYWFkAMbQDjTybW4",
        "lease-lookup-pki-200, pki/issue/web/S7E5NV0KFsfXSM5s6WrcrCJF",
        "lease-lookup-after-failed-lazy-revoke-200, database/creds/broken/cVLnYc7MW8mkCeL4YgCfflg9",
    })
    void aLeaseIsRead(String recording, String id) {
        Lease lease = Lease.from(id, data(recording));

        assertThat(lease.id()).isEqualTo(id);
        assertThat(lease.expiresAt()).isPresent();
        assertThat(Lease.untouchable(id)).isEmpty();
    }

    @Test
    void theLeaseOfATokenIsUntouchable() {
        assertThat(Lease.untouchable("auth/userpass/login/bob/"
                        + "h98c9498cd8f0441b87540a0ff4f43d732939d67c2f5117bac0f600f47b9a4203"))
                .hasValueSatisfying(reason -> assertThat(reason).contains("kind token"));
    }

    @Test
    void theLeaseOfATokenWhoseIdItsCreatorChoseIsUntouchableToo() {
        assertThat(Lease.untouchable("auth/token/create/2ef7bde608ce5404e97d5f042f95f89f1c232871"))
                .isPresent();
    }

    @Test
    void onlyWhatIsReadIsKnownToIssueAnotherLeaseWhenItIsReadAgain() {
        assertThat(Lease.readable("database/creds/upgrade")).isTrue();
        assertThat(Lease.readable("team/a/aws/creds/deploy")).isTrue();
        assertThat(Lease.readable("pki/issue/web")).isFalse();
        assertThat(Lease.readable("creds/web")).isFalse();
    }

    @Test
    void anotherLeaseThanTheOneAskedForIsMalformed() {
        assertThatThrownBy(() -> Lease.from("database/creds/upgrade/other", data("lease-lookup-200")))
                .isInstanceOf(Answered.Malformed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "token-lookup-accessor-200",
                "token-lookup-accessor-child-200",
                "token-lookup-accessor-orphaned-child-200",
                "token-lookup-accessor-parent-200",
                "token-lookup-accessor-periodic-200",
                "token-lookup-accessor-role-periodic-orphan-200",
                "token-lookup-accessor-userpass-200",
                "undo-token-lookup-entity-alias-200",
                "wrap-token-lookup-accessor-200",
                "token-lookup-self-root-200",
                "daemon-lookup-self-200",
            })
    void aTokenIsReadAndItsStateHoldsNoToken(String recording) {
        Answered data = data(recording);

        Token token = Token.from(data.text("accessor"), data);

        assertThat(new String(token.state().bytes(), StandardCharsets.UTF_8)).doesNotContain("s.REDACTED");
        assertThat(token.issuedAt()).isAfter(Instant.parse("2026-11-23T00:00:00Z"));
    }

    @Test
    void tokensThatMustNotBeTouchedAreTold() {
        assertThat(token("token-lookup-accessor-parent-200").untouchable(NONE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("root"));
        assertThat(token("wrap-token-lookup-accessor-200").untouchable(NONE))
                .hasValueSatisfying(reason -> assertThat(reason).contains("hand-over"));
        assertThat(token("token-lookup-accessor-child-200").untouchable(NONE)).isEmpty();
        assertThat(token("token-lookup-accessor-child-200").collateral())
                .hasValueSatisfying(reason -> assertThat(reason).contains("orphan"));
        assertThat(token("token-lookup-accessor-orphaned-child-200").collateral())
                .isEmpty();
        assertThat(token("token-lookup-accessor-role-periodic-orphan-200").untouchable(NONE))
                .isEmpty();
    }

    @Test
    void whatUndoCannotPutBackOfATokenIsNamed() {
        Token bound = token("token-lookup-accessor-role-periodic-orphan-200");
        Token person = token("token-lookup-accessor-userpass-200");

        assertThat(lost(bound)).contains("boundCidrs").doesNotContain("entityId");
        assertThat(lost(person)).contains("entityId").doesNotContain("boundCidrs", "period");
        assertThat(lost(token("token-lookup-accessor-periodic-200"))).contains("period");
    }

    private static List<String> lost(Token token) {
        ResourceRef ref = new ResourceRef("token", "vault", token.accessor());
        try (VaultWorld world = new VaultWorld()) {
            return world.tokens
                    .reversible("revoke", token.resource(ref, NONE, true), Instructions.NONE)
                    .lost();
        }
    }

    private static Token token(String recording) {
        Answered data = data(recording);
        return Token.from(data.text("accessor"), data);
    }
}
