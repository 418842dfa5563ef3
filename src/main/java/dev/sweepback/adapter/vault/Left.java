package dev.sweepback.adapter.vault;

import dev.sweepback.connector.HandedOver;
import dev.sweepback.connector.OperationId;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What was found at a hand-over.
 *
 * @param accessor whose life is the credential's
 */
record Left(String accessor, HandedOver handedOver) {

    /** Empty if it is not this operation's, or no accessor is in it. */
    static Optional<Left> read(JsonNode content, OperationId operation, String place) {
        String accessor = WrappedCredential.accessor(content, operation);
        return accessor.isEmpty()
                ? Optional.empty()
                : Optional.of(new Left(accessor, new HandedOver(place, expires(content))));
    }

    /** Whoever it is for may have written there: what is no time tells none. */
    private static Optional<Instant> expires(JsonNode content) {
        try {
            return Optional.of(Instant.parse(content.path("expires").asString("")));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
