package dev.sweepback.plan;

import dev.sweepback.connector.Use;
import dev.sweepback.job.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a resource has been out of use long enough. */
public final class Idle {

    private Idle() {}

    /** Why it must be kept; empty if it has been idle for {@code minIdle}, or if its system tells nothing about use. */
    public static Optional<Objection> objection(Use use, Duration minIdle, Instant now) {
        if (minIdle.isZero() || use instanceof Use.NotTold) {
            return Optional.empty();
        }
        if (use instanceof Use.At at) {
            return recent(at.instant(), minIdle, now)
                    ? Optional.of(objection("used", at.instant(), minIdle, now))
                    : Optional.empty();
        }
        if (use instanceof Use.NeverSince since) {
            return recent(since.instant(), minIdle, now)
                    ? Optional.of(objection("known for", since.instant(), minIdle, now))
                    : Optional.empty();
        }
        return Optional.of(Objection.lasting("not known when it was last used"));
    }

    private static boolean recent(Instant instant, Duration minIdle, Instant now) {
        return instant.isAfter(now.minus(minIdle));
    }

    private static Objection objection(String word, Instant instant, Duration minIdle, Instant now) {
        Duration ago = Duration.between(instant, now);
        String age = ago.toHours() < 1 ? "under an hour" : Durations.print(Duration.ofHours(ago.toHours()));
        return new Objection(
                word + " " + age + (word.equals("used") ? " ago" : " only") + ", minIdle is "
                        + Durations.print(minIdle),
                Optional.of(instant.plus(minIdle)));
    }
}
