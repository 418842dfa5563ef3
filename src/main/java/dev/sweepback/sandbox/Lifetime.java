package dev.sweepback.sandbox;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * How long a lease or a token lives, as a dump tells it.
 *
 * @param end empty if it does not end
 */
record Lifetime(Instant begin, Optional<Instant> end) {

    /** What may pass between the reckoning of a lifetime, in whole seconds, and the issuing. */
    static final Duration TOLERANCE = Duration.ofMinutes(1);

    /** A lease ends with the token that it was issued under at the latest, if the dump shows that token. */
    static Lifetime of(JsonNode thing, ObjectNode dump) {
        JsonNode issuer = dump.path("token:" + Json.text(thing.path("bookkeeping"), "issuer", ""));
        Optional<Instant> end =
                Stream.of(end(thing), end(issuer)).flatMap(Optional::stream).min(Instant::compareTo);
        return new Lifetime(Instant.parse(Json.text(thing, "issue_time", "")), end);
    }

    private static Optional<Instant> end(JsonNode thing) {
        String time = Json.text(thing, "expire_time", "");
        return time.isEmpty() ? Optional.empty() : Optional.of(Instant.parse(time));
    }

    /** Whether both live equally long, whenever that is. */
    boolean isAsLongAs(Lifetime other) {
        return close(length(), other.length());
    }

    /** Whether both end at the same time. */
    boolean endsWith(Lifetime other) {
        return close(
                end.map(instant -> Duration.between(Instant.EPOCH, instant)),
                other.end.map(instant -> Duration.between(Instant.EPOCH, instant)));
    }

    /** What is left of it at a time; empty if it does not end. */
    Optional<Duration> left(Instant at) {
        return end.map(instant -> Duration.between(at, instant));
    }

    private Optional<Duration> length() {
        return left(begin);
    }

    private static boolean close(Optional<Duration> one, Optional<Duration> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() && other.isEmpty();
        }
        return one.get().minus(other.get()).abs().compareTo(TOLERANCE) <= 0;
    }
}
