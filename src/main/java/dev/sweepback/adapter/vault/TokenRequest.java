package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Reversal;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The bodies that undo creates tokens with. Each notes the reverting operation in its meta. */
final class TokenRequest {

    private static final String PREFIX = "token-";

    private TokenRequest() {}

    /**
     * A token like the one in the reversal's snapshot. A period is left to the role: Vault gives one that is asked for only to
     * those with sudo, as it gives orphans (recording {@code token-create-no_parent-without-sudo-400}).
     */
    static ObjectNode like(Reversal reversal, Duration ttl) {
        ObjectNode before = reversal.before().content();
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("policies", before.path("policies"));
        // asked for by name, "default" would have to be in the role's own list
        body.put("no_default_policy", !holds(before.path("policies"), "default"));
        ObjectNode meta = body.putObject("meta");
        before.path("meta").properties().forEach(note -> meta.set(note.getKey(), note.getValue()));
        meta.put(Token.OPERATION, reversal.operation().value());
        body.put("renewable", before.path("renewable").asBoolean());
        body.put("type", before.path("type").asString());
        body.put("num_uses", before.path("num_uses").asLong());
        if (!ttl.isZero()) {
            body.put("ttl", ttl.toSeconds() + "s");
        }
        if (before.path("explicit_max_ttl").asLong() > 0) {
            body.put("explicit_max_ttl", before.path("explicit_max_ttl").asLong() + "s");
        }
        JsonNode name = before.path("display_name");
        if (!name.asString().isEmpty() && !name.asString().equals("token")) {
            // the server puts the prefix on again
            String bare = name.asString();
            body.put("display_name", bare.startsWith(PREFIX) ? bare.substring(PREFIX.length()) : bare);
        }
        return body;
    }

    private static boolean holds(JsonNode policies, String name) {
        return policies.valueStream().anyMatch(policy -> policy.asString().equals(name));
    }

    /** A token that one lease is issued under; its policies are those that the role allows. */
    static ObjectNode issuing(Reversal reversal, String path, Duration ttl) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("meta")
                .put(Token.OPERATION, reversal.operation().value())
                .put(Token.ISSUES, path);
        if (!ttl.isZero()) {
            body.put("ttl", ttl.toSeconds() + "s");
        }
        return body.put("no_default_policy", true)
                .put("renewable", false)
                .put("type", "service")
                .put("display_name", "sweepback-undo");
    }
}
