package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.SecretId;
import dev.sweepback.sandbox.TwinRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sweepback never destroys the secret-id that it lives by. */
class OwnSecretIdsTest {

    private static final Predicate<TwinRequest> LOOK_UP = Faults.request("POST", ".*/secret-id/lookup");

    private final LoginWorld world = new LoginWorld();
    private final Connection connection = world.appRole();

    @AfterEach
    void close() {
        world.close();
    }

    private OwnSecretIds.Known known(Connection of) {
        return new OwnSecretIds(() -> List.of(of), each -> Login.of(each, world.http, world.resolver)).get();
    }

    private Optional<String> reason(Connection of, String role, SecretId secretId) {
        return known(of).untouchable("approle", role, secretId.accessor());
    }

    @Test
    void theOneThatItLogsInWithIsUntouchableAndNoOther() {
        SecretId other = world.twin.appRoles().addSecretId("sweepback", Map.of());
        world.twin.appRoles().role("dten", List.of("dten"));
        SecretId elsewhere = world.twin.appRoles().addSecretId("dten", Map.of());

        assertThat(reason(connection, "sweepback", world.secretId).orElse(""))
                .contains("connection 'vault' logs in with it");
        assertThat(reason(connection, "sweepback", other)).isEmpty();
        assertThat(reason(connection, "dten", elsewhere)).isEmpty();
        assertThat(known(connection).untouchable("team/approle", "sweepback", world.secretId.accessor()))
                .isEmpty();
    }

    /** Vault keeps the names of AppRoles in small letters, and those of mounts as they are. */
    @Test
    void theRoleInOtherLettersIsTheSameRoleAndTheMountInOthersIsAnotherMount() {
        assertThat(reason(connection, "Sweepback", world.secretId)).isPresent();
        assertThat(known(connection).untouchable("AppRole", "sweepback", world.secretId.accessor()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "404, text/html, <h1>404 page not found</h1>",
        "404, application/json, '{\"message\":\"no Route matched\"}'",
        "404, application/json, '{\"errors\":[\"no handler for route\"]}'",
        "403, text/html, <h1>Forbidden</h1>",
        "500, application/json, '{\"errors\":[\"1 error occurred: role \\\"sweepback\\\" does not exist\"]}'"
    })
    void whatSomebodyElseAnswersDoesNotMeanThatItLivesByNone(int status, String type, String body) {
        SecretId other = world.twin.appRoles().addSecretId("sweepback", Map.of());
        world.api(connection).self();
        world.twin.faults().next(10, LOOK_UP).answer(status, type, body);

        assertThat(reason(connection, "sweepback", world.secretId)).isPresent();
        assertThat(reason(connection, "sweepback", other)).isPresent();
        assertThat(reason(connection, "dten", other)).isEmpty();
    }

    @Test
    void oneThatVaultDoesNotKnowIsNoReasonWhateverItsVersionSays() {
        SecretId other = world.twin.appRoles().addSecretId("sweepback", Map.of());
        world.api(connection).self();
        world.twin.appRoles().destroySecretId("sweepback", world.secretId.accessor());

        assertThat(reason(connection, "sweepback", other)).isEmpty();

        world.twin.faults().next(LOOK_UP).answer(404, "application/json", "{\"errors\":[]}");

        assertThat(reason(connection, "sweepback", other)).isEmpty();
    }

    @Test
    void whereItCannotBeToldEverySecretIdOfTheRoleIs() {
        world.twin.policy("sweepback", List.of("auth/approle/role/sweepback/secret-id/lookup"), List.of());
        SecretId other = world.twin.appRoles().addSecretId("sweepback", Map.of());
        world.twin.appRoles().role("dten", List.of("dten"));
        SecretId elsewhere = world.twin.appRoles().addSecretId("dten", Map.of());

        assertThat(reason(connection, "sweepback", other).orElse(""))
                .contains("auth/approle/role/sweepback/secret-id/lookup");
        assertThat(reason(connection, "dten", elsewhere)).isEmpty();
    }

    @Test
    void afterAChangeOfTheSecretIdTheLastAndTheNextOneAre() {
        world.api(connection).self();
        SecretId next = world.twin.appRoles().addSecretId("sweepback", Map.of());
        world.secrets.put("env:SECRET_ID", next.id());

        assertThat(reason(connection, "sweepback", world.secretId)).isPresent();
        assertThat(reason(connection, "sweepback", next)).isPresent();
    }

    @Test
    void ofAnAgentThatLogsInForItItKnowsOnlyTheRole() {
        Secret token = Login.of(connection, world.http, world.resolver).token();
        Connection given = world.token(token.reveal());
        SecretId other = world.twin.appRoles().addSecretId("sweepback", Map.of());

        assertThat(reason(given, "sweepback", other)).isPresent();
        assertThat(reason(given, "dten", other)).isEmpty();
    }

    @Test
    void aTokenOfAnotherOriginLivesByNone() {
        Connection given = world.token(world.issued("").id());

        assertThat(reason(given, "sweepback", world.secretId)).isEmpty();
    }

    @Test
    void whileAConnectionCannotSayWhatItLivesByNoneIsTouched() {
        world.secrets.put("env:SECRET_ID", "destroyed");
        world.twin.appRoles().role("dten", List.of("dten"));
        SecretId elsewhere = world.twin.appRoles().addSecretId("dten", Map.of());

        assertThat(reason(connection, "dten", elsewhere).orElse("")).contains("connection 'vault'");
    }

    @Test
    void whileAConnectionCannotBeAskedForTheMomentNothingIsKnown() {
        world.twin
                .faults()
                .next(asked -> asked.path().endsWith("/login"))
                .slowDown(429, Duration.ofMinutes(50), "{\"errors\":[]}");

        OwnSecretIds.Known known = known(connection);

        assertThat(known.any()).as("for what is under way").isPresent();
        ConnectorException unread = catchThrowableOfType(ConnectorException.class, known::told);
        assertThat(unread.kind()).isEqualTo(Kind.THROTTLED);
        assertThat(unread.retryAfter()).isPresent();
    }

    @Test
    void aLimitInTheMiddleIsNotTakenForAMissingRight() {
        world.twin
                .faults()
                .next(asked -> asked.path().endsWith("/secret-id/lookup"))
                .slowDown(429, Duration.ofMinutes(50), "{\"errors\":[]}");

        assertThat(catchThrowableOfType(
                                ConnectorException.class,
                                () -> known(connection).told())
                        .kind())
                .isEqualTo(Kind.THROTTLED);
    }
}
