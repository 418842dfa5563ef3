package dev.sweepback.server;

import dev.sweepback.upgrade.Move;
import dev.sweepback.upgrade.Signal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.node.ObjectNode;

/** Notifications of Argo CD, by the template of docs/signals.md. They are not signed: a bearer token says who sends them. */
final class ArgocdNotifications implements SignalReader {

    private static final int MOST_BYTES = 64 * 1024;
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S.*)");
    private static final Pattern ID = Pattern.compile("[\\x21-\\x7E]{1,200}");

    private final List<byte[]> tokens;

    ArgocdNotifications(List<byte[]> tokens) {
        this.tokens = List.copyOf(tokens);
    }

    @Override
    public Receiver receiver() {
        return Receiver.ARGOCD;
    }

    @Override
    public boolean isConfigured() {
        return !tokens.isEmpty();
    }

    @Override
    public int mostBytes() {
        return MOST_BYTES;
    }

    @Override
    public void verify(SignalRequest request) {
        byte[] shown = request.header("Authorization")
                .map(BEARER::matcher)
                .filter(matcher -> matcher.matches())
                .map(matcher -> matcher.group(1).getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> SignalRefused.notBelieved(Refusal.SIGNATURE));
        if (!isAny(shown)) {
            throw SignalRefused.notBelieved(Refusal.SIGNATURE);
        }
    }

    /** By their digests, which are of one length: not even how long a token is can be told by the time. */
    private boolean isAny(byte[] shown) {
        byte[] digest = digest(shown);
        boolean fits = false;
        for (byte[] token : tokens) {
            fits |= MessageDigest.isEqual(digest(token), digest);
        }
        return fits;
    }

    private static byte[] digest(byte[] token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    @Override
    public Optional<Signal> read(SignalRequest request) {
        ObjectNode body = StrictJson.object(request.body());
        StrictJson.onlyKeys(body, "id", "upgrade", "environment", "phase", "finishedAt");
        String id = StrictJson.required(body, "id");
        if (!ID.matcher(id).matches()) {
            throw SignalRefused.body("id has a blank, or more than 200 characters");
        }
        return Optional.of(new Signal(
                receiver().word(),
                id,
                StrictJson.required(body, "upgrade"),
                Optional.of(StrictJson.required(body, "environment")),
                move(StrictJson.required(body, "phase")),
                StrictJson.time(body, "finishedAt"),
                Optional.empty(),
                Optional.empty()));
    }

    private static Move move(String phase) {
        return switch (phase) {
            case "Running" -> Move.START;
            case "Succeeded" -> Move.COMPLETE;
            case "Failed", "Error" -> Move.FAIL;
            default ->
                throw new SignalRefused(
                        Refusal.EVENT,
                        "this phase is not one that an upgrade follows",
                        "let the trigger send Running, Succeeded, Failed and Error only");
        };
    }
}
