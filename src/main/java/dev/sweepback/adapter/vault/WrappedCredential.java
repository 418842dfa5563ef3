package dev.sweepback.adapter.vault;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Secret;
import java.time.Instant;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A credential that undo issued again, as it is handed over.
 *
 * @param wrappingToken whoever has it can take the credential out, once
 * @param accessor of the token whose life is the credential's: the reissued token itself, or the one that a lease was
 *     issued under
 * @param expires when the wrapping token does
 * @param resource what it stands in for
 */
record WrappedCredential(Secret wrappingToken, String accessor, String creationPath, Instant expires, String resource) {

    ObjectNode content(OperationId operation) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("wrapping_token", wrappingToken.reveal())
                .put("wrapped_accessor", accessor)
                .put("creation_path", creationPath)
                .put("expires", expires.toString())
                .put("resource", resource)
                .put("operation", operation.value());
    }

    /** The accessor that such content names; empty if it is not this operation's. */
    static String accessor(JsonNode content, OperationId operation) {
        boolean own = content.path("operation").asString("").equals(operation.value());
        return own ? content.path("wrapped_accessor").asString("") : "";
    }
}
