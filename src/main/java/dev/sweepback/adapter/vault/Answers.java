package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversal;

/** Turns what a request threw into an item's answer. */
final class Answers {

    private Answers() {}

    static Answer of(Runnable requests) {
        try {
            requests.run();
            return Answer.Accepted.plain();
        } catch (ConnectorException e) {
            return new Answer.Failed(e);
        }
    }

    static ConnectorException stillThere(Connection connection, Reversal reversal) {
        return new ConnectorException(
                Kind.CONFLICT,
                connection.name(),
                "nothing was issued in place of " + reversal.resource() + ": it is there",
                "leave it as it is");
    }
}
