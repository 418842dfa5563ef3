package dev.sweepback.schedule;

import java.util.concurrent.locks.ReentrantReadWriteLock;

/** Runs go side by side; who settles has it alone, so that nothing in flight is taken for something left open. */
final class Turns {

    private final ReentrantReadWriteLock acting = new ReentrantReadWriteLock();

    void besideOthers(Runnable work) {
        acting.readLock().lock();
        try {
            work.run();
        } finally {
            acting.readLock().unlock();
        }
    }

    /** Whether nothing is under way. */
    boolean isFree() {
        return acting.getReadLockCount() == 0 && !acting.isWriteLocked();
    }

    /** @return false, with nothing done, if others are under way */
    boolean alone(Runnable work) {
        if (!acting.writeLock().tryLock()) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            acting.writeLock().unlock();
        }
    }
}
