package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversal;
import java.util.Optional;
import java.util.function.Supplier;

/** Turns what a request threw into an item's answer. */
final class Answers {

    private Answers() {}

    /** @param requests give the id that Vault gave the one that changed something, if it told any */
    static Answer of(Supplier<Optional<String>> requests) {
        return Answer.of(() -> Answer.Accepted.of(requests.get()));
    }

    static ConnectorException stillThere(Connection connection, Reversal reversal) {
        return new ConnectorException(
                Kind.CONFLICT,
                connection.name(),
                "nothing was issued in place of " + reversal.resource() + ": it is there",
                "leave it as it is");
    }
}
