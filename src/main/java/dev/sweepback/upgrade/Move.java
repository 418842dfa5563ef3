package dev.sweepback.upgrade;

import dev.sweepback.journal.EntryType;

/** A step in the life of an upgrade: from where it is legal, where it leads, how it is recorded. */
public enum Move {
    START("start", "started", EntryType.UPGRADE_STARTED),
    COMPLETE("complete", "completed", EntryType.UPGRADE_COMPLETED),
    FAIL("fail", "failed", EntryType.UPGRADE_FAILED),
    ROLL_BACK("rollback", "rolling back", EntryType.UPGRADE_ROLLING_BACK);

    private final String word;
    private final String done;
    private final EntryType type;

    Move(String word, String done, EntryType type) {
        this.word = word;
        this.done = done;
        this.type = type;
    }

    public String word() {
        return word;
    }

    /** How an upgrade is called that made it: {@code rolled back}. */
    String done() {
        return done;
    }

    EntryType type() {
        return type;
    }

    UpgradeState leadsTo() {
        return switch (this) {
            case START -> UpgradeState.RUNNING;
            case COMPLETE -> UpgradeState.SUCCEEDED;
            case FAIL -> UpgradeState.FAILED;
            case ROLL_BACK -> UpgradeState.ROLLING_BACK;
        };
    }

    boolean legalFrom(UpgradeState state) {
        return switch (this) {
            case START -> state == UpgradeState.SCHEDULED;
            case COMPLETE -> state == UpgradeState.RUNNING;
            case FAIL -> state == UpgradeState.SCHEDULED || state == UpgradeState.RUNNING;
            case ROLL_BACK ->
                state == UpgradeState.RUNNING || state == UpgradeState.SUCCEEDED || state == UpgradeState.FAILED;
        };
    }
}
