package dev.sweepback.upgrade;

import java.time.Duration;
import java.time.Instant;

/** The agreed maintenance window and the time kept after it for the unexpected. */
public record Window(Instant start, Instant end, Duration buffer) {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");
    private static final Duration LONGEST = Duration.ofDays(366);

    public Window {
        if (!start.isBefore(end)) {
            throw new UpgradeRefused(
                    "the window ends (" + end + ") before it starts (" + start + ")", "--window START/END");
        }
        if (buffer.isNegative()) {
            throw new UpgradeRefused("the buffer is negative", "--buffer 30m");
        }
    }

    /**
     * @throws UpgradeRefused for what nobody agrees on by intention, and what would overflow a time that is reckoned from it
     */
    public void refuseUnlikely() {
        if (start.isBefore(EARLIEST) || !end.isBefore(LATEST)) {
            throw new UpgradeRefused(
                    "the window " + start + "/" + end + " lies before 2000 or after 2199", "--window START/END");
        }
        if (Duration.between(start, end).compareTo(LONGEST) > 0) {
            throw new UpgradeRefused("the window is longer than a year", "--window START/END");
        }
        if (buffer.compareTo(LONGEST) > 0) {
            throw new UpgradeRefused("the buffer is longer than a year", "--buffer 30m");
        }
    }

    /** When window and buffer are over. */
    public Instant over() {
        return end.plus(buffer);
    }
}
