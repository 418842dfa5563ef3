package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Reversal;
import java.time.Duration;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body that undo issues or restores a secret-id with. It notes the reverting operation in the metadata. */
final class SecretIdRequest {

    private SecretIdRequest() {}

    /**
     * A secret-id like the one in the reversal's snapshot, for the time that this one still had; for its whole time, if that
     * is less than a hand-over takes. Metadata is a text of JSON, addresses are lists (recording {@code
     * approle-secret-id-create-200}). Vault 1.8 takes time and uses from the role, whatever is asked for ({@code
     * approle-custom-secret-id-ttl-exceeds-200}).
     *
     * @param now when it is issued
     */
    static ObjectNode like(Reversal reversal, Instant now, Duration handoverTtl) {
        ObjectNode before = reversal.before().content();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ObjectNode metadata = body.objectNode();
        before.path("metadata").properties().forEach(note -> metadata.set(note.getKey(), note.getValue()));
        body.put(
                "metadata",
                metadata.put(Token.OPERATION, reversal.operation().value()).toString());
        body.set("cidr_list", before.path("cidr_list"));
        body.set("token_bound_cidrs", before.path("token_bound_cidrs"));
        long ttl = ttl(before, now, handoverTtl);
        if (ttl > 0) {
            body.put("ttl", ttl + "s");
        }
        if (before.path("num_uses").asLong() > 0) {
            body.put("num_uses", before.path("num_uses").asLong());
        }
        return body;
    }

    private static long ttl(ObjectNode before, Instant now, Duration handoverTtl) {
        JsonNode expiry = before.path("expiration_time");
        if (expiry.isString()) {
            Duration left = Duration.between(now, Instant.parse(expiry.asString()));
            if (left.compareTo(handoverTtl) >= 0) {
                return left.toSeconds();
            }
        }
        return before.path("ttl").asLong();
    }
}
