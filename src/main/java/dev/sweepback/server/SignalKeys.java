package dev.sweepback.server;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.job.SignalSettings;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** What senders prove themselves with. Shows itself to nobody. */
public final class SignalKeys {

    /** What the Standard Webhooks specification asks for at least. */
    private static final int FEWEST_BYTES = 24;

    private static final String PREFIX = "whsec_";

    private final List<byte[]> webhooks;
    private final List<byte[]> github;
    private final List<byte[]> argocd;

    private SignalKeys(List<byte[]> webhooks, List<byte[]> github, List<byte[]> argocd) {
        this.webhooks = webhooks;
        this.github = github;
        this.argocd = argocd;
    }

    /** @throws ConnectorException naming the reference, if a secret cannot be had, or is too short to be one */
    public static SignalKeys resolve(SignalSettings settings, Secrets secrets) {
        return new SignalKeys(
                settings.webhooks().stream()
                        .map(reference -> checked(reference, decoded(reference, secrets.resolve(reference))))
                        .toList(),
                plain(settings.github(), secrets),
                plain(settings.argocd(), secrets));
    }

    private static List<byte[]> plain(List<SecretRef> references, Secrets secrets) {
        return references.stream()
                .map(reference ->
                        checked(reference, secrets.resolve(reference).reveal().getBytes(StandardCharsets.UTF_8)))
                .toList();
    }

    private static byte[] decoded(SecretRef reference, Secret secret) {
        String text = secret.reveal();
        try {
            return Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text);
        } catch (IllegalArgumentException e) {
            // Without the cause: it quotes a character of the secret.
            throw ConnectorException.secret(
                    reference,
                    "it is no secret of the Standard Webhooks scheme, which is written in base64",
                    "make one: echo whsec_$(openssl rand -base64 32)");
        }
    }

    private static byte[] checked(SecretRef reference, byte[] key) {
        if (key.length < FEWEST_BYTES) {
            throw ConnectorException.secret(
                    reference,
                    "it is shorter than " + FEWEST_BYTES + " bytes, so that it could be guessed",
                    "make one with `openssl rand -base64 32`, and give it to the sender too");
        }
        return key;
    }

    List<byte[]> webhooks() {
        return webhooks;
    }

    List<byte[]> github() {
        return github;
    }

    List<byte[]> argocd() {
        return argocd;
    }
}
