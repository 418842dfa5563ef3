package dev.sweepback.upgrade;

import dev.sweepback.journal.EntryType;

/** A step in the life of an upgrade: from where it is legal, where it leads, how it is recorded. */
public enum Move {
    START("start", EntryType.UPGRADE_STARTED),
    COMPLETE("complete", EntryType.UPGRADE_COMPLETED),
    FAIL("fail", EntryType.UPGRADE_FAILED),
    ROLL_BACK("rollback", EntryType.UPGRADE_ROLLED_BACK);

    private final String word;
    private final EntryType type;

    Move(String word, EntryType type) {
        this.word = word;
        this.type = type;
    }

    public String word() {
        return word;
    }

    EntryType type() {
        return type;
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
