package dev.sweepback.adapter.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A slow system: lets no request of a kind through before so many of it are under way together. Counts the most there ever were. */
public final class SideBySide {

    private final int together;
    private final UnaryOperator<String> kindOf;
    private final Map<String, CountDownLatch> meetings = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    /** @param kindOf makes a kind of a method and path; an empty one goes through */
    public SideBySide(int together, UnaryOperator<String> kindOf) {
        this.together = together;
        this.kindOf = kindOf;
    }

    public int most() {
        return most.get();
    }

    public Http wrap(Http next) {
        return request -> {
            most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
            try {
                meet(kindOf.apply(request.method() + " " + request.path()));
                return next.send(request);
            } finally {
                underWay.decrementAndGet();
            }
        };
    }

    private void meet(String kind) {
        if (kind.isEmpty()) {
            return;
        }
        CountDownLatch meeting = meetings.computeIfAbsent(kind, unused -> new CountDownLatch(together));
        meeting.countDown();
        try {
            if (!meeting.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError(kind + " is sent one after the other");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
