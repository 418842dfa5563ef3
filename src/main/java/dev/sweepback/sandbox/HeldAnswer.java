package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An answer that a twin keeps back: the request has been carried out, its sender does not know yet. */
public final class HeldAnswer {

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch released = new CountDownLatch(1);

    HeldAnswer() {}

    /**
     * Waits until the request is there and carried out.
     *
     * @return false when nothing came in time
     */
    public boolean awaitArrived(Duration patience) throws InterruptedException {
        return arrived.await(patience.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Lets the answer go; idempotent. */
    public void release() {
        released.countDown();
    }

    void keepBack() throws InterruptedException {
        arrived.countDown();
        released.await();
    }
}
