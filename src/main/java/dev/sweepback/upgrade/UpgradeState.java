package dev.sweepback.upgrade;

import java.util.Locale;

/** Where an upgrade stands. */
public enum UpgradeState {
    SCHEDULED,
    RUNNING,
    SUCCEEDED,
    FAILED,
    ROLLING_BACK,
    ROLLED_BACK;

    /** As written in JSON: {@code rolled_back}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
