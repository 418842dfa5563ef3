package dev.sweepback.server;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookSigningException;
import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Signal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/**
 * Signals signed by the Standard Webhooks scheme (specification 1.0.0, symmetric signatures). The library signs; it verifies by
 * the system's clock and one secret only, so time and signatures are compared here.
 */
final class StandardWebhooks implements SignalReader {

    private static final int MOST_BYTES = 64 * 1024;
    private static final Duration WINDOW = Duration.ofMinutes(5);

    /** Without the dot that parts id, time and body in what is signed: else one could pass for another. */
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7E&&[^.]]{1,128}");

    private static final Pattern SECONDS = Pattern.compile("\\d{1,12}");

    private final List<Webhook> secrets;
    private final Clock clock;

    StandardWebhooks(List<byte[]> keys, Clock clock) {
        this.secrets = keys.stream().map(StandardWebhooks::webhook).toList();
        this.clock = clock;
    }

    private static Webhook webhook(byte[] key) {
        try {
            return new Webhook(key.clone());
        } catch (EmptyWebhookSecretException e) {
            throw new IllegalArgumentException("an empty secret", e);
        }
    }

    @Override
    public Receiver receiver() {
        return Receiver.WEBHOOKS;
    }

    @Override
    public boolean isConfigured() {
        return !secrets.isEmpty();
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public void verify(SignalRequest request) {
        String id = header(request, "webhook-id", ID);
        long seconds = Long.parseLong(header(request, "webhook-timestamp", SECONDS));
        String signatures = request.header("webhook-signature").orElse("");
        if (!isSigned(id, seconds, text(request.body()), signatures)) {
            throw SignalRefused.notBelieved(Refusal.SIGNATURE);
        }
        Duration age = Duration.between(Instant.ofEpochSecond(seconds), clock.instant());
        if (age.abs().compareTo(WINDOW) > 0) {
            throw SignalRefused.notBelieved(Refusal.CLOCK);
        }
    }

    private static String header(SignalRequest request, String name, Pattern form) {
        return request.header(name)
                .filter(value -> form.matcher(value).matches())
                .orElseThrow(() -> SignalRefused.notBelieved(Refusal.SIGNATURE));
    }

    /** Whether any of the signatures is of any of the secrets; all are compared, also once one has fitted. */
    private boolean isSigned(String id, long seconds, String body, String signatures) {
        boolean fits = false;
        for (Webhook secret : secrets) {
            byte[] expected = sign(secret, id, seconds, body).getBytes(StandardCharsets.UTF_8);
            for (String signature : signatures.split(" ", -1)) {
                fits |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return fits;
    }

    private static String sign(Webhook secret, String id, long seconds, String body) {
        try {
            return secret.sign(id, seconds, body);
        } catch (WebhookSigningException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every Java", e);
        }
    }

    private static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw SignalRefused.notBelieved(Refusal.SIGNATURE);
        }
    }

    @Override
    public Optional<Signal> read(SignalRequest request) {
        ObjectNode body = StrictJson.object(request.body());
        StrictJson.onlyKeys(body, "type", "timestamp", "data");
        ObjectNode data = StrictJson.section(body, "data");
        StrictJson.onlyKeys(data, "reason", "ticket", "upgrade");
        // The path is not signed.
        String upgrade = StrictJson.text(data, "upgrade")
                .orElseThrow(() -> new SignalRefused(
                        Refusal.UPGRADE_MISSING,
                        "data names no upgrade",
                        "sign the upgrade too: {\"data\": {\"upgrade\": \"ID\"}}, with the ID of the path"));
        if (!upgrade.equals(request.upgrade().orElse(""))) {
            throw SignalRefused.body("data.upgrade is not the upgrade that the path names");
        }
        return Optional.of(new Signal(
                receiver().word(),
                request.header("webhook-id").orElseThrow(),
                upgrade,
                Optional.empty(),
                move(StrictJson.required(body, "type")),
                StrictJson.time(body, "timestamp"),
                StrictJson.text(data, "reason"),
                StrictJson.text(data, "ticket")));
    }

    private static Move move(String type) {
        return switch (type) {
            case "upgrade.started" -> Move.START;
            case "upgrade.completed" -> Move.COMPLETE;
            case "upgrade.failed" -> Move.FAIL;
            case "upgrade.rolled-back" -> Move.ROLL_BACK;
            default ->
                throw new SignalRefused(
                        Refusal.EVENT,
                        "this type of event is not known",
                        "one of upgrade.started, upgrade.completed, upgrade.failed, upgrade.rolled-back");
        };
    }
}
