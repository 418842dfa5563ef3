package dev.sweepback.adapter.unleash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.SecretRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookSecretsTest {

    private static final SecretRef REFERENCE = new SecretRef.Vault("vault", "secret/hooks", "hidden");

    private static Optional<String> objection(ConnectorException failure) {
        WebhookSecrets secrets = new WebhookSecrets(reference -> {
            throw failure;
        });
        return secrets.objection(
                new ResourceRef("webhook", "unleash", "17"),
                List.of("url"),
                new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.of(REFERENCE), false));
    }

    private static ConnectorException failure(Kind kind) {
        return ConnectorException.secret(
                REFERENCE, new ConnectorException(kind, "vault", "it was asked in vain", "try again"));
    }

    @Test
    void aSecretThatIsMissingIsAnObjection() {
        assertThat(objection(failure(Kind.NOT_FOUND)).orElse("")).contains("secret/hooks");
    }

    @Test
    void aSecretThatCannotBeHadForTheMomentIsNone() {
        for (Kind kind : List.of(Kind.THROTTLED, Kind.UNREACHABLE, Kind.TIMEOUT, Kind.SYSTEM_ERROR)) {
            assertThat(catchThrowableOfType(ConnectorException.class, () -> objection(failure(kind)))
                            .kind())
                    .isEqualTo(kind);
        }
    }
}
