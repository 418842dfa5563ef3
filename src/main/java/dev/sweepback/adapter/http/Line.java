package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Pace;
import dev.sweepback.connector.SendWindow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The line that all requests of one connection stand in, whoever sends them. The one in front is let through as soon as the system
 * takes requests again, the rate allows it, and fewer than {@code concurrency} are under way; so first come is first served, and
 * the rate is kept over all threads. Whoever is under way waits for nobody, so the line always moves on.
 */
final class Line {

    /** How long one request waits for limits of the system, in all: a person may be waiting for it. */
    static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

    private static final Logger LOG = LoggerFactory.getLogger(Line.class);
    private static final Duration WORTH_SAYING = Duration.ofSeconds(3);

    private final Connection connection;
    private final ReentrantLock front = new ReentrantLock(true);
    private final Semaphore places;
    private final Optional<Pace> pace;
    private final Barrier barrier;
    private final Stopwatch heldUp = new Stopwatch();

    Line(Connection connection, Pause pause) {
        this.connection = connection;
        this.places = new Semaphore(connection.concurrency());
        this.pace = connection.rate().map(Pace::new);
        this.barrier = new Barrier(pause);
    }

    /**
     * No request begins before this time has passed.
     *
     * @param until when that is, for messages; may be empty
     */
    void close(Duration wait, String until) {
        barrier.close(wait, until);
    }

    /**
     * Returns when the request may be sent; {@link #leave} must follow.
     *
     * @throws ConnectorException of kind {@link Kind#THROTTLED} if it would have to wait for too long, for {@link #LONGEST_WAIT}
     *     or for the time that its operation has left; of kind {@link Kind#TIMEOUT} if no place was free in time
     */
    void enter(LinedRequest request) {
        long begun = System.nanoTime();
        Duration heldBefore = heldUp.total();
        try {
            // Who could not be let through in time need not stand in the line first.
            requireTimeFor(request, barrier.left());
            comeToTheFront(request, begun, heldBefore);
            try {
                passBarrier(request);
                while (!takePlace(request, left(begun, heldBefore))) {
                    passBarrier(request);
                }
                pace.ifPresent(known -> known.passed(1, barrier.now()));
            } finally {
                front.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectorException(
                    Kind.THROTTLED,
                    connection.name(),
                    request + ": asked to stop while it waited for its turn",
                    "run it again");
        }
    }

    void leave() {
        places.release();
    }

    private void comeToTheFront(LinedRequest request, long begun, Duration heldBefore) throws InterruptedException {
        if (!front.hasQueuedThreads() && front.tryLock()) {
            return;
        }
        Duration left = left(begun, heldBefore);
        while (!front.tryLock(left.toNanos(), TimeUnit.NANOSECONDS)) {
            left = left(begun, heldBefore);
            if (left.isZero()) {
                throw noPlace(request);
            }
        }
    }

    /** What is left of the time for a place; the time that the system's limits and the rate take does not count. */
    private Duration left(long begun, Duration heldBefore) {
        Duration passed = Duration.ofNanos(System.nanoTime() - begun);
        Duration left =
                connection.timeouts().whole().minus(passed).plus(heldUp.total().minus(heldBefore));
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** @return false if the system has closed meanwhile */
    private boolean takePlace(LinedRequest request, Duration left) throws InterruptedException {
        if (!places.tryAcquire() && !places.tryAcquire(left.toNanos(), TimeUnit.NANOSECONDS)) {
            throw noPlace(request);
        }
        if (barrier.left().isZero()) {
            return true;
        }
        places.release();
        return false;
    }

    private ConnectorException noPlace(LinedRequest request) {
        return new ConnectorException(
                Kind.TIMEOUT,
                connection.name(),
                request + ": no place was free within "
                        + connection.timeouts().whole().toSeconds() + " s, as " + connection.concurrency()
                        + " others were under way",
                "see why the system answers so slowly, or raise the connection's concurrency");
    }

    private void passBarrier(LinedRequest request) throws InterruptedException {
        Duration wait = barrier.left();
        while (!wait.isZero()) {
            requireTimeFor(request, wait);
            if (wait.compareTo(WORTH_SAYING) >= 0) {
                LOG.warn(
                        "connection '{}': waiting {} s, as the system takes no more requests{}",
                        connection.name(),
                        seconds(wait),
                        barrier.until());
            }
            hold(wait);
            request.waited(wait);
            wait = barrier.left();
        }
        Duration ahead = pace.map(known -> known.ahead(barrier.now())).orElse(Duration.ZERO);
        if (!ahead.isZero()) {
            if (!SendWindow.allows(ahead.plus(connection.timeouts().whole()))) {
                throw throttled(
                        request + ": at the connection's rate, the time for its operation is over",
                        "raise the connection's rate, then run the job again",
                        ahead);
            }
            hold(ahead);
        }
    }

    private void requireTimeFor(LinedRequest request, Duration wait) {
        if (wait.isZero()) {
            return;
        }
        boolean tooLong = request.waited().plus(wait).compareTo(LONGEST_WAIT) > 0;
        if (tooLong || !SendWindow.allows(wait.plus(connection.timeouts().whole()))) {
            throw throttled(
                    request + ", and the system takes no more requests for " + seconds(wait) + " s" + barrier.until()
                            + "; nothing was done by it",
                    "run it again then, or lower the connection's rate and concurrency",
                    wait);
        }
    }

    private ConnectorException throttled(String what, String remedy, Duration wait) {
        return new ConnectorException(Kind.THROTTLED, connection.name(), what, remedy, Optional.of(wait));
    }

    private void hold(Duration wait) throws InterruptedException {
        heldUp.start();
        try {
            barrier.hold(wait);
        } finally {
            heldUp.stop();
        }
    }

    private static long seconds(Duration wait) {
        return wait.plusSeconds(1).minusNanos(1).toSeconds();
    }
}
