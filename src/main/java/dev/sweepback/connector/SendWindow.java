package dev.sweepback.connector;

import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Until when this thread may still begin requests of an operation. An operation is looked at after its deadline; so nothing
 * of it may be under way by then, however many requests it takes. Counted on the monotonic clock, which no jump of the wall
 * clock moves.
 */
public final class SendWindow {

    private static final ThreadLocal<Long> END = new ThreadLocal<>();

    private SendWindow() {}

    /** Does the work on this thread with a window that opens now. */
    public static <T> T within(Duration window, Supplier<T> work) {
        END.set(System.nanoTime() + window.toNanos());
        try {
            return work.get();
        } finally {
            END.remove();
        }
    }

    /** The same work, with the window of the calling thread, for other threads to do a part of. */
    public static <T, R> Function<T, R> handedOn(Function<T, R> work) {
        Long end = END.get();
        if (end == null) {
            return work;
        }
        return item -> {
            END.set(end);
            try {
                return work.apply(item);
            } finally {
                END.remove();
            }
        };
    }

    /** Whether a request that takes at most this long would end in the window; always, where there is none. */
    public static boolean allows(Duration request) {
        Long end = END.get();
        return end == null || end - System.nanoTime() >= request.toNanos();
    }
}
