package dev.sweepback.sandbox;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** One way in which an answer goes wrong. */
sealed interface Fault {

    /**
     * Lets one request go wrong.
     *
     * @param twin carries the request out and gives the right answer
     * @param closing opens when the twin shuts down, so that nobody waits longer
     */
    Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) throws InterruptedException;

    record None() implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) {
            return Wire.whole(twin.get());
        }
    }

    /** The request never reaches the state. */
    record Instead(TwinResponse response) implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) {
            return Wire.whole(response);
        }
    }

    record ResetBefore() implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) {
            return new Wire(TwinResponse.empty(0), Wire.Form.RESET);
        }
    }

    record ResetAfter() implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) {
            return new Wire(twin.get(), Wire.Form.RESET);
        }
    }

    record CutBody() implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) {
            return new Wire(twin.get(), Wire.Form.CUT);
        }
    }

    record OtherBody(String contentType, String body) implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) {
            return Wire.whole(twin.get().withBody(contentType, body));
        }
    }

    record LateBefore(Duration delay) implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) throws InterruptedException {
            closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            return Wire.whole(twin.get());
        }
    }

    record LateAfter(Duration delay) implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) throws InterruptedException {
            TwinResponse response = twin.get();
            closing.await(delay.toNanos(), TimeUnit.NANOSECONDS);
            return Wire.whole(response);
        }
    }

    record KeptBack(HeldAnswer held) implements Fault {
        @Override
        public Wire play(Supplier<TwinResponse> twin, CountDownLatch closing) throws InterruptedException {
            TwinResponse response = twin.get();
            held.keepBack();
            return Wire.whole(response);
        }
    }
}
