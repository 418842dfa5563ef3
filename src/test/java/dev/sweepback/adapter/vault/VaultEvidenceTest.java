package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.sandbox.SecretId;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** The id of the request goes on record wherever an answer has one. */
class VaultEvidenceTest {

    private static final SecretRef OLD = new SecretRef.Environment("OLD");
    private static final Instructions HANDED_OVER =
            new Instructions(Scope.WHOLE, VaultWorld.kv("secret/handover/dten"), Optional.empty(), false);
    private static final Instructions RESTORED =
            new Instructions(Scope.WHOLE, VaultWorld.kv("secret/handover/dten"), Optional.of(OLD), false);

    private final KindsWorld kinds = new KindsWorld();
    private final VaultLeases leases = new VaultLeases(
            kinds.http, kinds.world.secrets, kinds.world.clock, kinds.world.home, name -> kinds.world.connection);

    /** By path, what the last answer had. */
    private final Map<String, Response> answers = new HashMap<>();

    @AfterEach
    void close() {
        kinds.close();
    }

    private Response keep(Request request, Response response) {
        answers.put(request.path(), response);
        return response;
    }

    /** As a gateway in front of Vault does. */
    private static Response stamp(Request request, Response response) {
        Map<String, String> headers = new LinkedHashMap<>(response.headers());
        headers.put("x-request-id", "gateway " + request.method() + " " + request.path());
        return new Response(response.status(), headers, response.body());
    }

    private Answer revoke(Connector connector, ResourceRef ref) {
        return kinds.apply(connector, kinds.order(connector, ref, HANDED_OVER));
    }

    private Answer undone(Connector connector, ResourceRef ref, Instructions instructions) {
        Order order = kinds.order(connector, ref, instructions);
        kinds.apply(connector, order);
        Reversal reversal = kinds.reversal(connector, order);
        return kinds.revert(connector, reversal);
    }

    private static Optional<String> evidence(Answer answer) {
        return ((Answer.Accepted) answer).requestId();
    }

    private String told(String path) {
        Response response = answers.get(path);
        return response == null ? "" : response.requestId().orElse("");
    }

    private ResourceRef lease() {
        return VaultWorld.lease(kinds.twin.issueLease("dten-migrator"));
    }

    private ResourceRef token() {
        return VaultWorld.tokenRef(kinds.world.token(""));
    }

    private ResourceRef key(String path) {
        kinds.twin.writeSecret(path, JsonMapper.shared().createObjectNode().put("k", "v"));
        return KindsWorld.key("secret/" + path);
    }

    /** Recordings {@code lease-revoke-sync-204}, {@code token-revoke-accessor-204} and {@code kv2-delete-versions-204}. */
    @Test
    void anEmptyAnswerHasNone() {
        assertThat(evidence(revoke(leases, lease()))).isEmpty();
        assertThat(evidence(revoke(kinds.tokens, token()))).isEmpty();
        assertThat(evidence(revoke(kinds.kv, key("up/a")))).isEmpty();
    }

    /** What comes wrapped has an empty one (recording {@code wrap-token-create-200}), the write of the hand-over a real one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofWhatIsIssuedAgainItIsThatOfTheHandOver(boolean lease) {
        kinds.answering = this::keep;

        Answer undone = lease ? undone(leases, lease(), HANDED_OVER) : undone(kinds.tokens, token(), HANDED_OVER);

        assertThat(evidence(undone))
                .hasValue(told("/v1/secret/data/handover/dten/op-2"))
                .isNotEqualTo(Optional.of(""));
    }

    /** Recording {@code approle-custom-secret-id-200}. */
    @Test
    void ofASecretIdThatIsPutBackItIsThatOfItsRequest() {
        kinds.answering = this::keep;
        SecretId old = kinds.twin.appRoles().addSecretId(KindsWorld.ROLE, Map.of());
        kinds.referred.put(OLD, new Secret(old.id()));

        Optional<String> evidence = evidence(undone(kinds.secretIds, KindsWorld.secretId(old.accessor()), RESTORED));

        assertThat(evidence)
                .hasValue(told("/v1/auth/approle/role/dten-migrator/custom-secret-id"))
                .isNotEqualTo(Optional.of(""));
    }

    @Test
    void whereAGatewayNamesRequestsThatIsKept() {
        kinds.answering = VaultEvidenceTest::stamp;
        ResourceRef key = key("up/a");

        assertThat(evidence(revoke(leases, lease()))).hasValue("gateway PUT /v1/sys/leases/revoke");
        assertThat(evidence(revoke(kinds.tokens, token()))).hasValue("gateway POST /v1/auth/token/revoke-accessor");
        assertThat(evidence(revoke(
                        kinds.secretIds,
                        KindsWorld.secretId(kinds.twin
                                .appRoles()
                                .addSecretId(KindsWorld.ROLE, Map.of())
                                .accessor()))))
                .hasValue("gateway POST /v1/auth/approle/role/dten-migrator/secret-id-accessor/destroy");
        assertThat(evidence(undone(kinds.kv, key, HANDED_OVER))).hasValue("gateway POST /v1/secret/undelete/up/a");
        assertThat(evidence(undone(leases, lease(), HANDED_OVER)))
                .hasValue("gateway POST /v1/secret/data/handover/dten/op-2");
    }
}
