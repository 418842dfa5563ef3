package dev.sweepback.adapter.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The driver sends what was recorded, and what a real Vault answered is understood. */
class RecordedLoginTest {

    private static final Instant NOW = Instant.parse("2026-11-23T21:28:04Z");

    private final List<Request> sent = new ArrayList<>();
    private JsonNode recording = JsonMapper.shared().createObjectNode();
    private final HttpClients http =
            new HttpClients(Clock.fixed(NOW, ZoneOffset.UTC), pause -> {}, unused -> request -> {
                sent.add(request);
                return response();
            });

    @AfterEach
    void close() {
        http.close();
    }

    private void answers(String name) {
        String file = "/recordings/vault/" + name + ".json";
        try (InputStream content = Objects.requireNonNull(RecordedLoginTest.class.getResourceAsStream(file), file)) {
            recording = JsonMapper.shared().readTree(content);
        } catch (IOException e) {
            throw new AssertionError(file, e);
        }
    }

    private Response response() {
        JsonNode answer = recording.path("response");
        return new Response(
                answer.path("status").asInt(),
                Map.of("content-type", "application/json"),
                answer.path("body").isNull() ? "" : answer.path("body").toString());
    }

    private LoginRequests requests() {
        return new LoginRequests(
                new Connection(
                        "vault",
                        "vault",
                        "test",
                        URI.create("http://127.0.0.1:1"),
                        Map.of(),
                        Map.of(),
                        1,
                        Connection.Timeouts.DEFAULT),
                http);
    }

    private String recorded(String field) {
        return recording.path("request").path("body").path(field).asString("");
    }

    private TokenInUse login() {
        return requests().appRole(new Secret(recorded("role_id")), new Secret(recorded("secret_id")));
    }

    private static TokenInUse held(Duration full) {
        return TokenInUse.of(
                new Secret("s.REDACTEDtoken0000000001"),
                new Self("accessor", true, "auth/approle/login", Optional.of("shorty")),
                full,
                full,
                true,
                NOW);
    }

    private void assertSentAsRecorded() {
        Request request = sent.get(0);
        assertThat(request.method())
                .isEqualTo(recording.path("request").path("method").asString());
        assertThat(request.path())
                .isEqualTo(recording.path("request").path("path").asString());
        assertThat(request.headers()).containsEntry("X-Vault-Request", "true");
    }

    @ParameterizedTest
    @CsvSource({
        "approle-login-200, NYphs5JRWyz2IOdocxRL5Bmc, limited, 3600",
        "daemon-approle-login-200, trvYIWCIMfEZRoqLkHEcr6K4, purge-daemon, 1200"
    })
    void aLogin(String name, String accessor, String role, long seconds) {
        answers(name);

        TokenInUse held = login();

        assertSentAsRecorded();
        assertThat(sent.get(0).body()).contains(recording.path("request").path("body"));
        assertThat(sent.get(0).headers()).doesNotContainKey("X-Vault-Token");
        assertThat(held.token().reveal()).isEqualTo("s.REDACTEDtoken0000000001");
        assertThat(held.self()).contains(new Self(accessor, true, "auth/approle/login", Optional.of(role)));
        assertThat(held.end()).isEqualTo(NOW.plusSeconds(seconds));
        assertThat(held.renewable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "approle-login-invalid-role-400, UNAUTHENTICATED",
        "approle-login-destroyed-secret-id-400, UNAUTHENTICATED",
        "sealed-approle-login-503, SYSTEM_ERROR"
    })
    void aLoginThatIsRefused(String name, Kind kind) {
        answers(name);

        ConnectorException failure = catchThrowableOfType(ConnectorException.class, this::login);

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure)
                .hasMessageNotContaining(recorded("secret_id").length() > 1 ? recorded("secret_id") : "\u0000");
    }

    @Test
    void aRenewal() {
        answers("daemon-renew-self-200");

        TokenInUse renewed = requests().renewed(held(Duration.ofMinutes(20)));

        assertThat(sent.get(0).path()).isEqualTo("/v1/auth/token/renew-self");
        assertThat(sent.get(0).body().orElseThrow().path("increment").asString())
                .startsWith("1200");
        assertThat(renewed.end()).isEqualTo(NOW.plusSeconds(1200));
        assertThat(renewed.nearsItsEnd(NOW)).isFalse();
    }

    @Test
    void aRenewalThatTheLongestLifeCutsShort() {
        answers("renew-self-max-ttl-capped-warning-200");

        TokenInUse renewed = requests().renewed(held(Duration.ofSeconds(20)));

        assertThat(renewed.end()).isEqualTo(NOW.plusSeconds(2));
        assertThat(renewed.nearsItsEnd(NOW)).isTrue();
    }

    @Test
    void aRenewalOfATokenThatHasEnded() {
        answers("renew-self-expired-token-403");

        ConnectorException failure =
                catchThrowableOfType(ConnectorException.class, () -> requests().renewed(held(Duration.ofSeconds(2))));

        assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    }

    @Test
    void aLookUpOfItself() {
        answers("daemon-lookup-self-200");

        TokenInUse held = requests().lookedUp(new Secret("s.x"));

        assertSentAsRecorded();
        assertThat(held.self())
                .contains(
                        new Self("trvYIWCIMfEZRoqLkHEcr6K4", true, "auth/approle/login", Optional.of("purge-daemon")));
        assertThat(held.full()).isEqualTo(Duration.ofMinutes(20));
    }

    @Test
    void aRootTokenDoesNotEnd() {
        answers("token-lookup-self-root-200");

        TokenInUse held = requests().lookedUp(new Secret("root"));

        assertThat(held.nearsItsEnd(NOW.plus(Duration.ofDays(10_000)))).isFalse();
        assertThat(held.hasEnded(NOW.plus(Duration.ofDays(10_000)))).isFalse();
    }

    @Test
    void theAccessorOfASecretId() {
        answers("approle-secret-id-lookup-200");

        Optional<String> accessor =
                requests().secretIdAccessor(new Secret("s.x"), "limited", new Secret(recorded("secret_id")));

        assertSentAsRecorded();
        assertThat(sent.get(0).body()).contains(recording.path("request").path("body"));
        assertThat(accessor).contains("1c84b871-95b1-8207-947e-4b6f976ca939");
    }

    @Test
    void aRevocationOfItself() {
        answers("daemon-revoke-self-204");

        requests().revoke(new Secret("s.x"));

        assertSentAsRecorded();
    }
}
