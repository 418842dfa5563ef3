package dev.sweepback.plan;

import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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

    /**
     * As {@link #objection(Use, Duration, Instant)}, for what was disabled at {@code acted} and is held since. Use up to then was
     * judged when it was disabled, and its quarantine came on top: neither holds up its removal once more.
     */
    static Optional<Objection> objection(Use use, Instant acted, Duration minIdle, Instant now) {
        boolean before = (use instanceof Use.At at && !Tripwire.isLater(at.instant(), acted))
                || (use instanceof Use.NeverSince since && !Tripwire.isLater(since.instant(), acted));
        return before ? Optional.empty() : objection(use, minIdle, now);
    }

    /**
     * The resources with what their system tells about their use.
     *
     * @throws dev.sweepback.connector.ConnectorException if it could not be read
     */
    public static List<Resource> asked(Reader reader, List<Resource> resources, Duration minIdle) {
        return minIdle.isZero() ? resources : asked(reader, resources);
    }

    /**
     * As {@link #asked(Reader, List, Duration)}, of what a quarantine holds.
     *
     * @param watched whether its system tells of use since then: that counts whatever the policy says
     */
    public static List<Resource> asked(Reader reader, List<Resource> held, boolean watched, Duration minIdle) {
        return watched ? asked(reader, held) : asked(reader, held, minIdle);
    }

    /** As {@link #asked(Reader, List, Duration)}, whatever the policy says. */
    public static List<Resource> asked(Reader reader, List<Resource> resources) {
        if (resources.isEmpty()) {
            return resources;
        }
        List<Use> uses = reader.use(resources);
        List<Resource> asked = new ArrayList<>(resources.size());
        for (int index = 0; index < resources.size(); index++) {
            asked.add(resources.get(index).withUse(uses.get(index)));
        }
        return asked;
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
