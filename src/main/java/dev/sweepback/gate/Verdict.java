package dev.sweepback.gate;

import java.time.Instant;
import java.util.Optional;

/** What one condition says. */
public sealed interface Verdict {

    /** {@code open}, {@code closed} or {@code unknown}. */
    String word();

    /** Why, in words a person can act on. */
    String reason();

    /** What was measured, for the record; empty if nothing was. */
    String evidence();

    /** When it is worth asking again, if that is known. */
    Optional<Instant> retryAt();

    record Open(String reason, String evidence) implements Verdict {

        public Open(String reason) {
            this(reason, reason);
        }

        @Override
        public String word() {
            return "open";
        }

        @Override
        public Optional<Instant> retryAt() {
            return Optional.empty();
        }
    }

    record Closed(String reason, Optional<Instant> retryAt) implements Verdict {
        @Override
        public String word() {
            return "closed";
        }

        @Override
        public String evidence() {
            return "";
        }
    }

    /** A check was answered, and badly: counts as closed, and makes a run back out. */
    record Failed(String reason, String evidence, Optional<Instant> retryAt) implements Verdict {
        @Override
        public String word() {
            return "closed";
        }
    }

    /** It could not tell: counts as closed. */
    record Unknown(String reason, String evidence, Optional<Instant> retryAt) implements Verdict {

        public Unknown(String reason, Optional<Instant> retryAt) {
            this(reason, "", retryAt);
        }

        @Override
        public String word() {
            return "unknown";
        }
    }
}
