package dev.sweepback.gate;

import java.time.Instant;

/** Whether somebody waits for checks that must be good several times. */
public interface Patience {

    /** Asks each check once. */
    Patience NONE = instant -> false;

    /**
     * Waits until an instant.
     *
     * @return false if it is not worth waiting, or the process is asked to stop
     */
    boolean until(Instant instant);
}
