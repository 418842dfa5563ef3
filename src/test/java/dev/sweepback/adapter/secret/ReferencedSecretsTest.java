package dev.sweepback.adapter.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.sandbox.Faults;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.VaultTwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ReferencedSecretsTest {

    private static final String VALUE = "s3cr3t-välue";

    @TempDir
    private Path folder;

    private final HttpClients http = new HttpClients(pause -> {}, UnaryOperator.identity());

    private final ReferencedSecrets secrets = new ReferencedSecrets(http, Map.of("TOKEN", VALUE, "EMPTY", ""), name -> {
        throw new AssertionError("no connection is needed for this");
    });

    @AfterEach
    void close() {
        http.close();
    }

    private static ConnectorException failure(ReferencedSecrets secrets, SecretRef reference) {
        return catchThrowableOfType(ConnectorException.class, () -> secrets.resolve(reference));
    }

    @Test
    void readsAVariable() {
        assertThat(secrets.resolve(new SecretRef.Environment("TOKEN")).reveal()).isEqualTo(VALUE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EMPTY", "MISSING"})
    void anEmptyOrMissingVariableNamesTheReference(String name) {
        ConnectorException failure = failure(secrets, new SecretRef.Environment(name));

        assertThat(failure.kind()).isEqualTo(Kind.SECRET);
        assertThat(failure).hasMessageStartingWith("secret 'env:" + name + "': ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n"})
    void readsAFileWithoutItsLastLineBreak(String end) throws IOException {
        Path file = Files.writeString(folder.resolve("token"), VALUE + end);

        assertThat(secrets.resolve(new SecretRef.File(file)).reveal()).isEqualTo(VALUE);
    }

    @Test
    void aMissingEmptyOrHugeFileIsSaidWithoutItsContent() throws IOException {
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        Path huge = Files.writeString(folder.resolve("huge"), VALUE.repeat(6000));

        assertThat(failure(secrets, new SecretRef.File(folder.resolve("none"))))
                .hasMessageContaining("file:" + folder.resolve("none"))
                .hasMessageContaining("no such file");
        assertThat(failure(secrets, new SecretRef.File(empty))).hasMessageContaining("empty");
        assertThat(failure(secrets, new SecretRef.File(huge)))
                .hasMessageContaining("64 KiB")
                .hasMessageNotContaining(VALUE);
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws IOException {
        Path file = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xc3, 0x28});

        assertThat(failure(secrets, new SecretRef.File(file))).hasMessageContaining("UTF-8");
    }

    @Test
    void readsAFieldFromVaultThroughItsConnection() {
        try (Sandbox sandbox = Sandbox.start(Clock.fixed(Instant.parse("2026-11-02T20:00:00Z"), ZoneOffset.UTC))) {
            ObjectNode content = JsonMapper.shared().createObjectNode().put("token", VALUE);
            sandbox.vault().writeSecret("dten/github", content);
            sandbox.vault().writeSecretV1("github", content);
            ReferencedSecrets through = through(sandbox.vault());

            assertThat(through.resolve(new SecretRef.Vault("vault", "secret/dten/github", "token"))
                            .reveal())
                    .isEqualTo(VALUE);
            assertThat(through.resolve(new SecretRef.Vault("vault", "kv1/github", "token"))
                            .reveal())
                    .isEqualTo(VALUE);
        }
    }

    @Test
    void aMissingPathOrFieldOrASealedVaultNamesTheReference() {
        try (Sandbox sandbox = Sandbox.start(Clock.fixed(Instant.parse("2026-11-02T20:00:00Z"), ZoneOffset.UTC))) {
            ObjectNode content = JsonMapper.shared().createObjectNode().put("token", VALUE);
            sandbox.vault().writeSecret("dten/github", content);
            ReferencedSecrets through = through(sandbox.vault());

            ConnectorException path = failure(through, new SecretRef.Vault("vault", "secret/none", "token"));
            ConnectorException field = failure(through, new SecretRef.Vault("vault", "secret/dten/github", "other"));
            sandbox.vault().troubles().seal();
            ConnectorException sealed = failure(through, new SecretRef.Vault("vault", "secret/dten/github", "token"));

            assertThat(path).hasMessageContaining("vault:vault/secret/none#token");
            assertThat(field).hasMessageContaining("no text field 'other'").hasMessageNotContaining(VALUE);
            assertThat(sealed.kind()).isEqualTo(Kind.SYSTEM_ERROR);
            assertThat(sealed.mayHaveActed()).as("nothing was asked yet").isFalse();
            assertThat(sealed).hasMessageContaining("sealed");
        }
    }

    /** Nothing is wrong with the secret: what needs it waits, as for any system that takes no requests. */
    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void aVaultThatTakesNoRequestsForAWhileIsNotAMissingSecret(int status) {
        try (Sandbox sandbox = Sandbox.start(Clock.fixed(Instant.parse("2026-11-02T20:00:00Z"), ZoneOffset.UTC))) {
            sandbox.vault()
                    .faults()
                    .next(20, Faults.request("GET", "/v1/.*"))
                    .slowDown(status, Duration.ofMinutes(10), "{\"errors\":[]}");

            ConnectorException failure =
                    failure(through(sandbox.vault()), new SecretRef.Vault("vault", "secret/dten/github", "token"));

            assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
            assertThat(failure.retryAfter().orElseThrow()).isGreaterThan(Duration.ofMinutes(9));
            assertThat(failure.connection()).isEqualTo("vault");
            assertThat(failure)
                    .hasMessageStartingWith("secret 'vault:vault/secret/dten/github#token': ")
                    .hasMessageContaining("connection 'vault'");
        }
    }

    /** It is not the system that was to be asked that may have acted. */
    @Test
    void aVaultThatCannotBeReachedIsNotAMissingSecretAndNothingWasDone() {
        try (Sandbox sandbox = Sandbox.start(Clock.fixed(Instant.parse("2026-11-02T20:00:00Z"), ZoneOffset.UTC))) {
            sandbox.vault().faults().next(20, Faults.request("GET", "/v1/.*")).reset();

            ConnectorException failure =
                    failure(through(sandbox.vault()), new SecretRef.Vault("vault", "secret/dten/github", "token"));

            assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
            assertThat(failure.mayHaveActed()).isFalse();
            assertThat(failure).hasMessageContaining("connection 'vault'");
        }
    }

    private ReferencedSecrets through(VaultTwin twin) {
        Connection connection = new Connection(
                "vault",
                "vault",
                "test",
                twin.url(),
                Map.of(),
                Map.of("auth.token", new SecretRef.Environment("VAULT_TOKEN")),
                1,
                Connection.Timeouts.DEFAULT);
        return new ReferencedSecrets(http, Map.of("VAULT_TOKEN", twin.token()), name -> connection);
    }
}
