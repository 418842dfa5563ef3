package dev.sweepback.adapter.http;

import dev.sweepback.connector.SendWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * The same work for many items at once, answered in the order asked. It keeps to the send window of the caller, and nothing
 * of it is under way any more when it returns. The caller works too, so that it gets on even while all helpers are busy elsewhere,
 * and work may be divided again within work.
 */
public final class InParallel {

    static final Crew CREW = new Crew();

    private InParallel() {}

    /** The first failure ends the whole: what has not begun by then is not begun. */
    public static <T, R> List<R> map(int threads, List<T> items, Function<T, R> work) {
        if (threads <= 1 || items.size() <= 1) {
            return items.stream().map(work).toList();
        }
        Shared<T, R> shared = new Shared<>(items);
        Function<T, R> part = SendWindow.handedOn(work);
        List<Future<?>> helpers = new ArrayList<>();
        for (int count = 1; count < Math.min(threads, items.size()); count++) {
            helpers.add(CREW.help(() -> shared.help(part)));
        }
        shared.work(work);
        boolean failed = shared.failed();
        helpers.forEach(helper -> helper.cancel(failed));
        shared.awaitEnd();
        return shared.results();
    }
}
