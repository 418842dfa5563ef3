package dev.sweepback.store;

import dev.sweepback.journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread write at a time. Those that come meanwhile wait, and the first of them to be let in commits for all;
 * nobody ever waits for company.
 */
final class GroupCommit {

    /** Writes all in one transaction or throws. */
    interface Commit {
        List<List<Entry>> run(List<Append> appends);
    }

    private final Commit commit;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition turn = lock.newCondition();
    private List<Append> waiting = new ArrayList<>();
    private @Nullable Thread writing;

    GroupCommit(Commit commit) {
        this.commit = commit;
    }

    List<Entry> append(Append append) {
        List<Append> batch;
        lock.lock();
        try {
            refuseWithinDecision();
            waiting.add(append);
            awaitTurnUnless(append);
            if (append.isSettled()) {
                return append.result();
            }
            batch = waiting;
            waiting = new ArrayList<>();
            writing = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            commit(batch);
        } finally {
            batch.forEach(Append::failedIfForgotten);
            endTurn();
        }
        return append.result();
    }

    /** Runs {@code work} while nobody else writes. */
    <T> T alone(Supplier<T> work) {
        lock.lock();
        try {
            refuseWithinDecision();
            awaitTurnUnless(null);
            writing = Thread.currentThread();
        } finally {
            lock.unlock();
        }
        try {
            return work.get();
        } finally {
            endTurn();
        }
    }

    /** How many wait for their commit to begin. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void refuseWithinDecision() {
        if (writing == Thread.currentThread()) {
            throw new IllegalStateException("a decision must return its drafts, not append them itself");
        }
    }

    private void awaitTurnUnless(@Nullable Append settled) {
        while (writing != null && (settled == null || !settled.isSettled())) {
            turn.awaitUninterruptibly();
        }
    }

    private void endTurn() {
        lock.lock();
        try {
            writing = null;
            turn.signalAll();
        } finally {
            lock.unlock();
        }
    }

    // Only the guilty one may see its failure, so after one each has a transaction of its own.
    private void commit(List<Append> batch) {
        List<List<Entry>> written;
        try {
            written = commit.run(batch);
        } catch (RuntimeException e) {
            if (batch.size() == 1) {
                batch.get(0).failed(e);
            } else {
                batch.forEach(append -> commit(List.of(append)));
            }
            return;
        }
        for (int index = 0; index < batch.size(); index++) {
            batch.get(index).recorded(written.get(index));
        }
    }
}
