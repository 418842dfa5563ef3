package dev.sweepback.gate;

import dev.sweepback.job.Check;
import java.util.Optional;

/** Asks the outside world what a check asks, once. Thread-safe. Changes nothing there. */
@FunctionalInterface
public interface Measures {

    /**
     * Returns within the check's timeout, or a little later.
     *
     * @param to the version that the upgrade leads to, if there is an upgrade
     */
    Measured ask(Check check, Optional<String> to);
}
