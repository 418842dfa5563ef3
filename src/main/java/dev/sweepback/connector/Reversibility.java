package dev.sweepback.connector;

import java.util.Locale;

/** How much of an action undo can take back, strongest first. */
public enum Reversibility {
    /** Every field that affects behaviour is as before. */
    EXACT,
    /** Put back, but named fields differ. */
    LOSSY,
    /** Cannot be put back; an equivalent one can be issued. */
    REISSUE,
    /** Cannot be put back. */
    NONE;

    public boolean weakerThan(Reversibility other) {
        return compareTo(other) > 0;
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
