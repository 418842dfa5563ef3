package dev.sweepback.journal;

/** The id of one upgrade, chosen by people or pipelines. */
public record UpgradeId(String value) {
    public UpgradeId {
        Ids.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
