package dev.sweepback.adapter.vault;

import static dev.sweepback.adapter.vault.KindsWorld.recordedBody;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secret;
import dev.sweepback.sandbox.Faults;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What something in between answers in Vault's place says neither that a thing is gone nor what a policy allows. */
class ForeignAnswersTest {

    private final KindsWorld kinds = new KindsWorld();
    private final KeyValue store =
            KeyValue.reading(kinds.world.connection, kinds.http, reference -> new Secret(kinds.world.own.id()));

    @AfterEach
    void close() {
        kinds.close();
    }

    private void answer(String method, String path, int status) {
        kinds.twin
                .faults()
                .next(100, Faults.request(method, path))
                .answer(status, "text/html", "<h1>" + status + "</h1>");
    }

    private Kind reading(String path) {
        return catchThrowableOfType(ConnectorException.class, () -> store.read(path))
                .kind();
    }

    @ParameterizedTest
    @CsvSource({"secret/up/a, /v1/secret/data/up/a", "kv1/up/a, /v1/kv1/up/a"})
    void aPageThatIsNotFoundIsNotAnEmptyPath(String path, String asked) {
        assertThat(store.read(path)).isEmpty();
        answer("GET", asked, 404);

        assertThat(reading(path)).isEqualTo(Kind.NOT_FOUND);
    }

    @Test
    void aMountThatIsNotThereIsNoEmptyPath() {
        assertThat(reading("nomount/up/a")).isEqualTo(Kind.NOT_FOUND);
    }

    @ParameterizedTest
    @ValueSource(strings = {"kv2-read-deleted-404", "kv2-read-destroyed-404", "kv2-metadata-gone-404"})
    void whatVaultSaysOfAKeyWithoutALiveVersionIsAnEmptyPath(String recording) {
        kinds.twin
                .faults()
                .next(Faults.request("GET", "/v1/secret/data/up/a"))
                .answer(404, "application/json", recordedBody(recording));

        assertThat(store.read("secret/up/a")).isEmpty();
    }

    /** Else the path would be taken for one of version 1, where there is nothing, or of version 2, where it is written. */
    @ParameterizedTest
    @CsvSource({"500, SYSTEM_ERROR", "502, SYSTEM_ERROR", "404, NOT_FOUND", "403, FORBIDDEN", "302, REJECTED"})
    void whetherAMountHasVersionsIsToldByVaultAlone(int status, Kind kind) {
        kinds.twin
                .faults()
                .next(Faults.request("GET", "/v1/sys/internal/ui/mounts/.*"))
                .answer(403, "application/json", recordedBody("no-permission-403"));
        answer("GET", "/v1/secret/up/a", status);

        assertThat(reading("secret/up/a")).isEqualTo(kind);
        assertThat(kinds.sent).noneMatch(request -> request.path().contains("/data/"));
    }

    @Test
    void leasesThatAProxyDoesNotListAreNotTakenForThoseThatNoPolicyAllows() {
        Order order = kinds.order(kinds.tokens, VaultWorld.tokenRef(kinds.world.token("")), Instructions.NONE);
        answer("LIST", "/v1/sys/leases/lookup/", 403);

        assertThat(kinds.apply(kinds.tokens, order)).isInstanceOf(Answer.Failed.class);

        assertThat(kinds.twin.tokenIsLive(order.resource().id())).isTrue();
    }

    @Test
    void aPrefixWithoutLeasesIsNotToldByAProxy() {
        VaultLeases leases = kinds.world.leases;
        answer("GET", "/v1/sys/internal/ui/mounts/.*", 403);

        ConnectorException failure = catchThrowableOfType(
                ConnectorException.class, () -> kinds.find(leases, new Scope(Map.of("prefix", VaultWorld.PATH))));

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(failure.getMessage() + failure.remedy())
                .contains("proxy")
                .doesNotContain("policies")
                .doesNotContain("does not exist");
    }

    @Test
    void aTokenIsNotTakenForOneThatMayNotLookItselfUp() {
        answer("GET", "/v1/auth/token/lookup-self", 403);

        assertThat(reading("secret/up/a")).isEqualTo(Kind.FORBIDDEN);
        assertThat(kinds.sent).noneMatch(request -> request.path().startsWith("/v1/secret/"));
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404})
    void noKindIsAbsentBecauseOfAnotherAnswer(int status) {
        String secretId =
                kinds.twin.appRoles().addSecretId(KindsWorld.ROLE, Map.of()).accessor();
        kinds.twin.faults().next(100, request -> true).answer(status, "text/html", "<h1>" + status + "</h1>");

        assertThat(capture(kinds.secretIds, KindsWorld.secretId(secretId))).isInstanceOf(Capture.Unknown.class);
        assertThat(capture(kinds.kv, KindsWorld.key("secret/up/a"))).isInstanceOf(Capture.Unknown.class);
        assertThat(capture(kinds.kv, KindsWorld.key("kv1/up/a"))).isInstanceOf(Capture.Unknown.class);
        assertThat(capture(kinds.tokens, VaultWorld.tokenRef("x"))).isInstanceOf(Capture.Unknown.class);
        assertThat(capture(kinds.world.leases, VaultWorld.lease(VaultWorld.PATH + "/x")))
                .isInstanceOf(Capture.Unknown.class);
    }

    private Capture capture(Connector connector, ResourceRef ref) {
        return kinds.capture(connector, ref);
    }
}
