package dev.sweepback.run;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Where a policy limits how many operations are begun in an hour, the waves of its runs come one after the other: what one of
 * them is about to begin, the gate of another could not count yet.
 */
final class PolicyTurns {

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /** For one run; it is not its turn yet. */
    Turn of(Optional<Terms> terms) {
        return new Turn(terms.map(Terms::policy)
                .filter(policy -> policy.permits().maxPerHour().isPresent())
                .map(policy -> locks.computeIfAbsent(policy.name(), unused -> new ReentrantLock(true))));
    }

    /** Of a single thread. */
    record Turn(Optional<ReentrantLock> lock) implements AutoCloseable {

        /**
         * Waits until no other run under the policy is between its gate and the end of its wave.
         *
         * @return whether it had to wait
         */
        boolean begin() {
            boolean waits = lock.isPresent() && !lock.get().tryLock();
            if (waits) {
                lock.get().lock();
            }
            return waits;
        }

        /** The wave is over, or was not begun. */
        void end() {
            lock.filter(ReentrantLock::isHeldByCurrentThread).ifPresent(ReentrantLock::unlock);
        }

        @Override
        public void close() {
            end();
        }
    }
}
