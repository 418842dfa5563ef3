package dev.sweepback.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.job.SignalSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that senders prove themselves with. */
class SignalKeysTest {

    private static final List<SecretRef> ONE = List.of(new SecretRef.Environment("ONE"));

    @ParameterizedTest
    @ValueSource(strings = {"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz"})
    void aWebhookSecretIsBase64WithOrWithoutItsPrefix(String secret) {
        assertThat(webhooks(secret).webhooks()).containsExactly("012345678901234567890123".getBytes(UTF_8));
    }

    @Test
    void otherSecretsAreTakenAsTheyAre() {
        SignalKeys keys = SignalKeys.resolve(
                new SignalSettings(List.of(), ONE, ONE, 60), reference -> new Secret("whsec_a text of some length"));

        assertThat(keys.github()).containsExactly("whsec_a text of some length".getBytes(UTF_8));
        assertThat(keys.argocd()).containsExactly("whsec_a text of some length".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=", "whsec_", "not!base64-at-all-but-long-enough"})
    void aWebhookSecretThatIsShortOrNoneIsRefusedAndNotShown(String secret) {
        assertThatThrownBy(() -> webhooks(secret)).isInstanceOfSatisfying(ConnectorException.class, error -> {
            assertThat(error.getMessage()).contains("env:ONE").doesNotContain(secret);
            assertThat(error.getCause()).isNull();
            assertThat(error.remedy()).contains("openssl rand");
        });
    }

    @Test
    void aTokenOfFewerThan24BytesIsRefused() {
        SignalSettings settings = new SignalSettings(List.of(), List.of(), ONE, 60);

        assertThatThrownBy(() -> SignalKeys.resolve(settings, reference -> new Secret("x".repeat(23))))
                .isInstanceOf(ConnectorException.class)
                .hasMessageContaining("shorter than 24 bytes")
                .hasMessageNotContaining("xxx");
        assertThat(SignalKeys.resolve(settings, reference -> new Secret("x".repeat(24)))
                        .argocd())
                .hasSize(1);
    }

    private static SignalKeys webhooks(String secret) {
        return SignalKeys.resolve(new SignalSettings(ONE, List.of(), List.of(), 60), reference -> new Secret(secret));
    }
}
