package dev.sweepback.upgrade;

/** What was asked of an upgrade is not possible; nothing was recorded. */
public final class UpgradeRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String remedy;

    public UpgradeRefused(String what, String remedy) {
        super(what);
        this.remedy = remedy;
    }

    public String remedy() {
        return remedy;
    }
}
