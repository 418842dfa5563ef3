package dev.sweepback.adapter.vault;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets one thread after the other do what is to be done once. Who waited while it failed gets that failure and does not try
 * by itself: else a Vault that does not answer would be waited for by each thread in turn.
 */
final class OneAtATime {

    private volatile Optional<ConnectorException> last = Optional.empty();

    /** @param work looks first whether there is still anything to do */
    <T> T take(Supplier<T> work) {
        Optional<ConnectorException> before = last;
        synchronized (this) {
            Optional<ConnectorException> now = last;
            if (now.isPresent() && !now.equals(before)) {
                throw now.get();
            }
            try {
                return work.get();
            } catch (ConnectorException e) {
                // what was not sent, as the time of its operation was over, says nothing to the others, and took no
                // time
                if (e.kind() != Kind.REJECTED) {
                    last = Optional.of(e);
                }
                throw e;
            }
        }
    }
}
