package dev.sweepback.gate;

import java.time.Instant;
import java.util.Optional;

/** What one condition says. */
public sealed interface Verdict {

    /** {@code open}, {@code closed} or {@code unknown}. */
    String word();

    /** Why, in words a person can act on. */
    String reason();

    /** When it is worth asking again, if that is known. */
    Optional<Instant> retryAt();

    record Open(String reason) implements Verdict {
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
    }

    /** It could not tell: counts as closed. */
    record Unknown(String reason, Optional<Instant> retryAt) implements Verdict {
        @Override
        public String word() {
            return "unknown";
        }
    }
}
