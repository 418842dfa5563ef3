package dev.sweepback.server;

import dev.sweepback.journal.Journal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records how many signals were refused: one entry for a minute in which there were any, at the end of that minute or when it
 * is closed. So whoever floods the daemon does not flood its journal.
 */
public final class RefusedSignals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RefusedSignals.class);
    private static final Duration PERIOD = Duration.ofMinutes(1);

    private final Journal journal;
    private final Clock clock;
    private final ScheduledExecutorService timer;

    /** Held while the journal is written, for which nobody who counts has to wait. */
    private final Lock recording = new ReentrantLock();

    private Optional<RefusedCounts> counts = Optional.empty();

    /** When the first of them came, or when they could not be recorded. */
    private Instant waitingSince = Instant.EPOCH;

    public RefusedSignals(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "refused-signals");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** From now on it records what is due by itself. */
    public RefusedSignals start() {
        ScheduledFuture<?> unused = timer.scheduleWithFixedDelay(this::recordDue, 1, 1, TimeUnit.SECONDS);
        return this;
    }

    synchronized void add(Receiver receiver, Refusal refusal) {
        if (counts.isEmpty()) {
            waitingSince = clock.instant();
        }
        RefusedCounts known = counts.orElseGet(() -> new RefusedCounts(waitingSince));
        known.add(receiver.word(), refusal.word(), 1);
        counts = Optional.of(known);
    }

    /** Records them once their minute is over. Never throws. */
    void recordDue() {
        record(true);
    }

    /** Records them now, if there are any. Never throws: what cannot be recorded is kept. */
    public void record() {
        record(false);
    }

    private void record(boolean onlyDue) {
        recording.lock();
        try {
            take(onlyDue).ifPresent(this::append);
        } finally {
            recording.unlock();
        }
    }

    private synchronized Optional<RefusedCounts> take(boolean onlyDue) {
        if (onlyDue && !isDue()) {
            return Optional.empty();
        }
        Optional<RefusedCounts> taken = counts;
        counts = Optional.empty();
        return taken;
    }

    /** A clock that was set back puts nothing off. */
    private boolean isDue() {
        return Duration.between(waitingSince, clock.instant()).abs().compareTo(PERIOD) >= 0;
    }

    private void append(RefusedCounts taken) {
        try {
            journal.append(taken.draft());
        } catch (RuntimeException e) {
            LOG.error("could not record how many signals were refused; kept, and tried again in a minute", e);
            giveBack(taken);
        }
    }

    private synchronized void giveBack(RefusedCounts taken) {
        counts.ifPresent(taken::addAll);
        counts = Optional.of(taken);
        waitingSince = clock.instant();
    }

    /** Records what is left. */
    @Override
    public void close() {
        timer.shutdown();
        record();
    }
}
