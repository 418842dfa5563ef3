package dev.sweepback.journal;

/** The id of one run. */
public record RunId(String value) {
    public RunId {
        Ids.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
