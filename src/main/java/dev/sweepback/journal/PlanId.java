package dev.sweepback.journal;

/** The id of one plan. */
public record PlanId(String value) {
    public PlanId {
        Ids.check(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
