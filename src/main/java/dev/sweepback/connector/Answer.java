package dev.sweepback.connector;

import java.util.Optional;

/** What a system answered to one task. */
public sealed interface Answer {

    /** The system accepted it; {@code requestId} is the system's own id of the request, kept as evidence. */
    record Accepted(Optional<String> requestId) implements Answer {
        public static Accepted plain() {
            return new Accepted(Optional.empty());
        }
    }

    /** The system refused it, or the answer was lost: look before believing either. */
    record Failed(ConnectorException error) implements Answer {}
}
