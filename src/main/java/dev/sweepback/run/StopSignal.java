package dev.sweepback.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** Raised once, when the process is asked to end: no operation is begun any more, those in flight are settled. */
public final class StopSignal {

    private final AtomicBoolean raised = new AtomicBoolean();

    public void raise() {
        raised.set(true);
    }

    public boolean isRaised() {
        return raised.get();
    }
}
