package dev.sweepback.upgrade;

import java.time.Duration;
import java.time.Instant;

/** The agreed maintenance window and the time kept after it for the unexpected. */
public record Window(Instant start, Instant end, Duration buffer) {

    public Window {
        if (!start.isBefore(end)) {
            throw new UpgradeRefused(
                    "the window ends (" + end + ") before it starts (" + start + ")", "--window START/END");
        }
        if (buffer.isNegative()) {
            throw new UpgradeRefused("the buffer is negative", "--buffer 30m");
        }
    }

    /** When window and buffer are over. */
    public Instant over() {
        return end.plus(buffer);
    }
}
