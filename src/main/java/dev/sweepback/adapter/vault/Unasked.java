package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import java.util.Optional;

/** A connection of Sweepback's that cannot be asked for the moment what it lives by. */
final class Unasked {

    private Unasked() {}

    /** Empty if the failure does not pass by itself: it is a lasting reason then, not one to try again. */
    static Optional<ConnectorException> of(Connection asked, ConnectorException failure) {
        return failure.mayPass()
                ? Optional.of(new ConnectorException(
                        failure.kind(),
                        asked.name(),
                        "by which credential it lives could not be asked, and that one is never to be taken for a leftover: "
                                + failure.getMessage(),
                        failure.remedy()
                                + "; if there is no such system any more, take the connection out of the settings",
                        failure.retryAfter()))
                : Optional.empty();
    }
}
