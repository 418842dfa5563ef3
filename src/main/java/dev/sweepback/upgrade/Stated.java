package dev.sweepback.upgrade;

import dev.sweepback.journal.Entry;
import java.time.Instant;
import java.util.Optional;

/**
 * A time of an upgrade that somebody stated afterwards.
 *
 * @param by who
 * @param recordedAt when it was stated
 */
public record Stated(Time time, Instant at, String by, Instant recordedAt) {

    /** What can be stated of an upgrade that succeeds. */
    public enum Time {
        STARTED("startedAt", "started"),
        COMPLETED("completedAt", "completed");

        private final String field;
        private final String done;

        Time(String field, String done) {
            this.field = field;
            this.done = done;
        }

        /** As written in JSON. */
        public String field() {
            return field;
        }

        /** As said of the upgrade: {@code started}. */
        public String done() {
            return done;
        }
    }

    /** Empty if the entry was recorded as it happened. */
    static Optional<Stated> of(Time time, Entry entry) {
        return entry.data("at")
                .map(at -> new Stated(time, Instant.parse(at), entry.actor().name(), entry.time()));
    }
}
