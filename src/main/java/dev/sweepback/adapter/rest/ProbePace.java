package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Pause;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Goes before each step of a probe: keeps it apart from the one before, and begins none once it is asked to stop. */
final class ProbePace {

    /** Else a time of change that is told in whole seconds may be the same after a step, and not be seen as book-keeping. */
    static final Duration APART = Duration.ofMillis(1100);

    private final Pause pause;
    private final BooleanSupplier stop;

    ProbePace(Pause pause, BooleanSupplier stop) {
        this.pause = pause;
        this.stop = stop;
    }

    /** @throws Stopped if it was asked to stop */
    void step() {
        refuseIfStopped();
        try {
            pause.hold(APART);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped();
        }
        refuseIfStopped();
    }

    private void refuseIfStopped() {
        if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new Stopped();
        }
    }
}
