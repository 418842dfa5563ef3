package dev.sweepback.connector;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Stands in front of every client: keeps what was sent, and can stop the sender dead at one request. */
final class Wire implements UnaryOperator<Http> {

    /** The sender is gone: nothing catches this. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final List<Request> sent = new CopyOnWriteArrayList<>();
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);
    private volatile boolean afterwards;

    @Override
    public Http apply(Http next) {
        return request -> {
            boolean kill = left.decrementAndGet() == 0;
            if (kill && !afterwards) {
                throw new Killed();
            }
            Response response = next.send(request);
            sent.add(request);
            if (kill) {
                throw new Killed();
            }
            return response;
        };
    }

    /**
     * @param request the first is 1, counted from now
     * @param answered whether the system gets the request and carries it out
     */
    void killAt(int request, boolean answered) {
        afterwards = answered;
        left.set(request);
    }

    void letLive() {
        left.set(Integer.MAX_VALUE);
    }

    List<Request> sent() {
        return sent;
    }
}
