package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.VaultTwin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One login for all, prolonged in time, anew where that is certain to do no harm. */
class LoginTest {

    private final LoginWorld world = new LoginWorld();
    private final Connection connection = world.appRole();

    @AfterEach
    void close() {
        world.close();
    }

    private static String bad() {
        return "{\"errors\":[\"permission denied\"]}";
    }

    private ConnectorException failure(VaultApi api) {
        return catchThrowableOfType(ConnectorException.class, api::accessors);
    }

    @Test
    void openingSendsNothing() {
        world.api(connection);
        world.writing(connection);

        assertThat(world.twin.traffic().total()).isZero();
    }

    @Test
    void manyThreadsOfManyReadersShareOneLogin() {
        List<VaultApi> readers =
                IntStream.range(0, 8).mapToObj(unused -> world.api(connection)).toList();

        List<Self> selves = InParallel.map(8, readers, reader -> {
            reader.accessors();
            return reader.self();
        });

        assertThat(world.logins()).isOne();
        assertThat(selves).containsOnly(world.api(connection).self());
    }

    @Test
    void aSealedVaultIsToldApartFromALoginThatIsNotAccepted() {
        VaultApi reader = world.api(connection);
        world.twin.troubles().seal();

        ConnectorException failure = failure(reader);

        assertThat(failure.kind()).isEqualTo(Kind.SYSTEM_ERROR);
        assertThat(failure).hasMessageContaining("Vault is sealed");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void aMountWithoutAppRoleIsSaidToBeOne(int status) {
        Connection elsewhere = world.connection(Map.of(AuthKeys.MOUNT, "team/approle"), connection.secrets());
        if (status == 403) {
            world.twin
                    .faults()
                    .next(Faults.request("POST", "/v1/auth/team/approle/login"))
                    .answer(403, "application/json", bad());
        }

        ConnectorException failure = failure(world.api(elsewhere));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure).hasMessageContaining("Vault seems to have no AppRole at 'team/approle'");
        assertThat(failure.remedy()).startsWith("correct auth.appRole.mount");
    }

    @Test
    void aTokenThatSweepbackMadeIsRevokedOnClosing() {
        String accessor = world.api(connection).self().accessor();
        assertThat(world.twin.tokenIsLive(accessor)).isTrue();

        world.http.close();

        assertThat(world.twin.tokenIsLive(accessor)).isFalse();
    }

    @Test
    void aTokenThatItWasGivenIsNotRevokedOnClosing() {
        VaultTwin.IssuedToken given = world.issued(",'ttl':'1h'");
        world.api(world.token(given.id())).accessors();

        world.http.close();

        assertThat(world.twin.tokenIsLive(given.accessor())).isTrue();
    }

    @Test
    void aTokenIsRenewedOnceLessThanAThirdOfItsLifeIsLeft() {
        VaultApi api = world.api(connection);
        String accessor = api.self().accessor();

        world.clock.advance(Duration.ofMinutes(13));
        api.accessors();
        assertThat(world.renewals()).isZero();
        world.clock.advance(Duration.ofMinutes(1));
        api.accessors();
        world.clock.advance(Duration.ofMinutes(13));
        api.accessors();

        assertThat(world.renewals()).isOne();
        assertThat(world.logins()).isOne();
        assertThat(api.self().accessor()).isEqualTo(accessor);
    }

    @Test
    void whereRenewingHelpsNoMoreItLogsInAnew() {
        VaultApi api = world.api(connection);
        String first = api.self().accessor();

        for (int minute = 0; minute < 70; minute++) {
            world.clock.advance(Duration.ofMinutes(1));
            api.accessors();
        }

        assertThat(world.logins()).isEqualTo(2);
        assertThat(api.self().accessor()).isNotEqualTo(first);
        assertThat(world.twin.traffic().exchanges()).noneMatch(exchange -> exchange.status() == 403);
    }

    @Test
    void afterAnIdleDayItLogsInAnewWithoutBeingRefusedFirst() {
        VaultApi api = world.api(connection);
        api.accessors();

        world.clock.advance(Duration.ofHours(23));
        world.secrets.put(
                "env:SECRET_ID",
                world.twin.appRoles().addSecretId("sweepback", Map.of()).id());
        api.accessors();

        assertThat(world.logins()).isEqualTo(2);
        assertThat(world.twin.traffic().exchanges()).noneMatch(exchange -> exchange.status() == 403);
    }

    @Test
    void aTokenThatVaultRefusesIsReplacedAndTheRequestSentOnceMore() {
        VaultApi api = world.writing(connection);
        String first = api.self().accessor();
        String victim = world.world.token("");
        api.accessors();
        world.twin.revokeToken(first);
        world.twin.traffic().clear();

        api.revokeToken(victim);

        assertThat(world.twin.tokenIsLive(victim)).isFalse();
        assertThat(world.logins()).isOne();
        assertThat(world.twin.traffic().count("POST", "/v1/auth/token/revoke-accessor"))
                .isEqualTo(2);
        assertThat(api.self().accessor()).isNotEqualTo(first);
    }

    @Test
    void laterVersionsSayMoreOfATokenThatTheyRefuse() {
        VaultApi api = world.api(connection);
        api.accessors();
        world.twin
                .faults()
                .next(Faults.request("LIST", "/v1/auth/token/accessors.*"))
                .answer(
                        403,
                        "application/json",
                        "{\"errors\":[\"2 errors occurred:\\n\\t* permission denied\\n\\t* invalid token\\n\\n\"]}");

        api.accessors();

        assertThat(world.logins()).isEqualTo(2);
    }

    @Test
    void aMissingVaultPolicyNeverLeadsToALogin() {
        VaultApi api = world.api(connection);
        api.self();
        world.twin.policy("sweepback", List.of("auth/token/accessors"), List.of());

        ConnectorException failure = failure(api);

        assertThat(failure.kind()).isEqualTo(Kind.FORBIDDEN);
        assertThat(world.logins()).isOne();
    }

    @Test
    void tokensThatVaultNeverAcceptsAreNotMadeForEachRequest() {
        VaultApi api = world.api(connection);
        world.twin.faults().next(1000, Faults.request("LIST", ".*")).answer(403, "application/json", bad());

        for (int request = 0; request < 20; request++) {
            ConnectorException failure = failure(api);

            assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
            assertThat(failure.remedy()).contains("bound to other addresses");
        }

        assertThat(world.logins()).isOne();
    }

    @Test
    void whatWasRefusedTwiceIsAnErrorAndNotTriedAThirdTime() {
        VaultApi api = world.api(connection);
        api.accessors();
        world.twin.traffic().clear();
        world.twin.faults().next(2, Faults.request("LIST", ".*")).answer(403, "application/json", bad());

        ConnectorException failure = failure(api);

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(world.twin.traffic().count("LIST", ".*")).isEqualTo(2);
        assertThat(world.logins()).isOne();
    }

    @Test
    void aSecretIdThatVaultDoesNotAcceptIsNamedByItsPlaceAndNotShown() {
        world.secrets.put("env:SECRET_ID", "6b63a166-16d1-89df-929e-d045befe6296");

        ConnectorException failure = failure(world.api(connection));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure.mayHaveActed()).isFalse();
        assertThat(failure)
                .hasMessageContaining("connection 'vault'")
                .hasMessageContaining("secret-id")
                .hasMessageNotContaining("6b63a166");
    }

    @Test
    void aTokenThatCannotBeReplacedYetIsUsedForAsLongAsItLives() {
        VaultApi api = world.api(connection);
        api.accessors();
        world.secrets.put("env:SECRET_ID", "destroyed");
        world.twin.policy("sweepback", List.of("auth/token/renew-self"), List.of());

        world.clock.advance(Duration.ofMinutes(15));
        api.accessors();
        api.accessors();

        assertThat(world.logins()).as("not tried again within a minute").isEqualTo(2);
        world.clock.advance(Duration.ofMinutes(6));
        assertThat(failure(api).kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void aRenewableTokenThatItWasGivenIsKeptAliveByRequests() {
        VaultTwin.IssuedToken given = world.issued(",'ttl':'30m'");
        VaultApi api = world.api(world.token(given.id()));

        for (int hour = 0; hour < 6; hour++) {
            api.accessors();
            world.clock.advance(Duration.ofMinutes(25));
        }

        assertThat(world.twin.tokenIsLive(given.accessor())).isTrue();
        assertThat(world.renewals()).isEqualTo(5);
    }

    @Test
    void aRenewableTokenThatItWasGivenIsKeptAliveWhileNothingIsSent() {
        VaultTwin.IssuedToken given = world.issued(",'ttl':'30m'");
        Connection idle = world.token(given.id());

        for (int minute = 0; minute < 24 * 60; minute++) {
            Login.of(idle, world.http, world.resolver).keepAlive();
            world.clock.advance(Duration.ofMinutes(1));
        }

        assertThat(world.twin.tokenIsLive(given.accessor())).isTrue();
        assertThat(world.twin.traffic().total()).isLessThan(100);
    }

    @Test
    void whatCanLogInAnewAtAnyTimeDoesNotLogInOnlyToBeAlive() {
        Login.of(connection, world.http, world.resolver).keepAlive();

        assertThat(world.twin.traffic().total()).isZero();
    }

    @Test
    void aGivenTokenThatEndedWhileIdleIsAnErrorThatSaysSo() {
        VaultApi api = world.api(world.token(world.issued(",'ttl':'30m'").id()));
        api.accessors();
        world.clock.advance(Duration.ofHours(1));

        ConnectorException failure = failure(api);

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
        assertThat(failure)
                .hasMessageContaining("it ended at 2026-11-02T20:30:00Z")
                .hasMessageContaining("nobody renewed it in time");
    }

    @Test
    void aGivenTokenAtItsLongestLifeIsNotRenewedAtEachRequest() {
        VaultApi api = world.api(world.token(
                world.issued(",'ttl':'30m','explicit_max_ttl':'35m'").id()));
        api.accessors();
        world.clock.advance(Duration.ofMinutes(27));

        for (int request = 0; request < 10; request++) {
            api.accessors();
        }

        assertThat(world.renewals()).isOne();
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(failure(api)).hasMessageContaining("it ended at 2026-11-02T20:35:00Z");
    }

    @Test
    void aReferenceIsFollowedAgainWhenVaultRefusesTheToken() {
        VaultTwin.IssuedToken first = world.issued(",'ttl':'1h'");
        VaultApi api = world.api(world.token(first.id()));
        api.accessors();
        VaultTwin.IssuedToken second = world.issued(",'ttl':'1h'");
        world.secrets.put("env:TOKEN", second.id());

        api.accessors();
        assertThat(api.self().accessor()).isEqualTo(first.accessor());
        world.twin.revokeToken(first.accessor());
        api.accessors();

        assertThat(api.self().accessor()).isEqualTo(second.accessor());
    }

    @Test
    void aTokenFileIsReadAgainWhenItChanged(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        VaultTwin.IssuedToken first = world.issued(",'ttl':'30m'");
        VaultTwin.IssuedToken second = world.issued(",'ttl':'30m'");
        write(file, first.id());
        VaultApi api = world.api(world.connection(Map.of(AuthKeys.TOKEN_FILE, file.toString()), Map.of()));
        world.secrets.put("file:" + file, first.id() + "\n");

        assertThat(api.self().accessor()).isEqualTo(first.accessor());
        Files.delete(file);
        assertThat(api.self().accessor()).as("gone for a moment").isEqualTo(first.accessor());
        write(file, second.id() + "\n\n");
        world.secrets.put("file:" + file, second.id() + "\n");

        assertThat(api.self().accessor()).isEqualTo(second.accessor());
        world.clock.advance(Duration.ofMinutes(25));
        api.accessors();
        assertThat(world.renewals()).as("the agent's business").isZero();
    }

    @Test
    void aTokenFileThatIsBeingWrittenDoesNotEndTheTokenThatWasInIt(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        VaultTwin.IssuedToken first = world.issued("");
        VaultTwin.IssuedToken second = world.issued("");
        write(file, first.id());
        VaultApi api = world.api(world.connection(Map.of(AuthKeys.TOKEN_FILE, file.toString()), Map.of()));
        world.secrets.put("file:" + file, first.id());
        api.accessors();

        write(file, "");
        world.secrets.put("file:" + file, "");
        assertThat(api.self().accessor()).isEqualTo(first.accessor());
        write(file, second.id());
        world.secrets.put("file:" + file, second.id());
        world.twin.revokeToken(first.accessor());
        api.accessors();

        assertThat(api.self().accessor()).isEqualTo(second.accessor());
    }

    private static void write(Path file, String token) throws Exception {
        Files.writeString(file, token);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    }

    @Test
    void aTokenFileThatEverybodyMayReadIsRefusedAlsoBehindALink(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("token");
        write(file, world.issued("").id());
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), file);
        VaultApi api = world.api(world.connection(Map.of(AuthKeys.TOKEN_FILE, link.toString()), Map.of()));

        ConnectorException failure = failure(api);

        assertThat(failure.kind()).isEqualTo(Kind.SECRET);
        assertThat(failure.remedy()).contains("chmod o-rwx " + link);
        assertThat(world.twin.traffic().total()).isZero();
    }

    @Test
    void aTokenThatMayNotLookItselfUpIsUsedAllTheSame() {
        world.twin.policy("sweepback", List.of("auth/token/lookup-self"), List.of());
        KeyValue store = KeyValue.reading(world.token(world.issued("").id()), world.http, world.resolver);

        assertThat(store.read("secret/up/a")).isEmpty();
    }

    @Test
    void everyRequestGoesIntoTheNamespace() {
        Connection there = world.connection(
                Map.of(AuthKeys.NAMESPACE, "/team/dten/", "reissueRole", "sweepback-undo"), connection.secrets());
        world.twin
                .faults()
                .next(
                        1000,
                        request -> !request.headers()
                                .getOrDefault("x-vault-namespace", "")
                                .equals("team/dten"))
                .answer(404, "application/json", "{\"errors\":[\"namespace not found\"]}");

        world.writing(there).tokens();
        world.writing(there).revokeToken(world.world.token(""));
        KeyValue.writing(there, world.http, world.resolver)
                .write("secret/up/a", (tools.jackson.databind.node.ObjectNode) VaultWorld.json("{'a':'b'}"));
        world.http.close();

        assertThat(world.twin.traffic().exchanges().stream()
                        .map(exchange -> exchange.status())
                        .collect(Collectors.toSet()))
                .doesNotContain(404)
                .isNotEmpty();
    }

    @Test
    void aNamespaceThatDoesNotExistIsUnknownAndNotEmpty() {
        Connection there = world.connection(
                Map.of(AuthKeys.NAMESPACE, "nowhere"),
                world.token(world.issued("").id()).secrets());
        VaultApi api = world.api(there);
        world.twin
                .faults()
                .next(1000, request -> request.headers().containsKey("x-vault-namespace"))
                .answer(404, "application/json", "{\"errors\":[\"namespace not found\"]}");

        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> api.leases("database/creds/dten-migrator"));

        assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND);
    }
}
