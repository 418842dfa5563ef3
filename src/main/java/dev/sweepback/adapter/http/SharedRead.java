package dev.sweepback.adapter.http;

import dev.sweepback.connector.ConnectorException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One read that many items need: made for the first that asks, and not again for the others, whether it succeeds or fails. Safe for
 * use from several threads.
 */
public final class SharedRead<T> {

    private final Supplier<T> read;
    private @Nullable T result;
    private @Nullable ConnectorException failure;

    public SharedRead(Supplier<T> read) {
        this.read = read;
    }

    /** @throws ConnectorException the same for everybody, if the read failed */
    public synchronized T get() {
        if (failure != null) {
            throw failure;
        }
        if (result == null) {
            try {
                result = read.get();
            } catch (ConnectorException e) {
                failure = e;
                throw e;
            }
        }
        return result;
    }
}
