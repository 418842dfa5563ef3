package dev.sweepback.job;

import dev.sweepback.connector.Fields;

/**
 * A field that conditions see.
 *
 * @param pointer where it is in an item
 * @param time how times are written there
 */
public record DescribedField(Fields.Field field, String pointer, Time time) {

    /** How a system writes times. */
    public enum Time {
        /** ISO 8601 with an offset. */
        ISO,
        /** Seconds since 1970. */
        SECONDS,
        /** Milliseconds since 1970. */
        MILLISECONDS
    }

    public String name() {
        return field.name();
    }
}
