package dev.sweepback.sandbox;

import java.time.Instant;

/**
 * What was sent to the receiver of a hook.
 *
 * @param status what the receiver answered
 * @param redelivery whether somebody asked for it to be sent once more
 * @param signature the header {@code X-Hub-Signature-256}; empty where the hook has no secret
 */
public record GithubDelivery(
        long id,
        String guid,
        Instant at,
        int status,
        String event,
        boolean redelivery,
        String body,
        String signature) {}
