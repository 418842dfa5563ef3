package dev.sweepback.job;

import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Resource;
import java.time.Instant;

/** A compiled CEL expression over {@code resource}, {@code upgrade} and {@code now}. Immutable, for any number of threads. */
public final class Condition {

    private final String text;

    private Condition(String text) {
        this.text = text;
    }

    /** @throws ConditionException if it is no Boolean expression over these fields */
    public static Condition compile(String text, Fields fields) {
        return new Condition(text);
    }

    /** As written. */
    public String text() {
        return text;
    }

    /**
     * Whether the resource is selected whatever its system's clock says within {@link UpgradeFacts#clockSkew()}: yes only if
     * so for all readings. An error is unclear, never no.
     */
    public Match test(Resource resource, UpgradeFacts upgrade, boolean tracked, Instant now) {
        return new Match.Unclear("not compiled");
    }

    @Override
    public String toString() {
        return text;
    }
}
