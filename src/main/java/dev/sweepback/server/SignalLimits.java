package dev.sweepback.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * How many signals are looked at: of one source, and of all sources of a receiver that were not believed lately. Costs nothing that
 * a sender could make dear.
 */
final class SignalLimits {

    /** Of the limit of one source. */
    static final int OF_ALL = 10;

    private static final int MOST_SOURCES = 10_000;
    private static final int MOST_BELIEVED = 1_000;
    private static final Duration LATELY = Duration.ofHours(1);

    /** Who was believed by whom. */
    private record Sender(Receiver receiver, String source) {}

    private final int perMinute;
    private final Clock clock;
    private final Map<Receiver, TokenBucket> all = new EnumMap<>(Receiver.class);
    private final Map<String, TokenBucket> sources = new Newest<>(MOST_SOURCES);
    private final Map<Sender, Instant> believed = new Newest<>(MOST_BELIEVED);

    SignalLimits(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * Empty for one that is let in; else how long it has to wait. A source over its limit takes nothing from the others, and
     * strangers take nothing from who was believed lately.
     */
    synchronized Optional<Duration> take(Receiver receiver, String source) {
        Instant now = clock.instant();
        Optional<Duration> wait = sources.computeIfAbsent(source, unused -> new TokenBucket(perMinute, now))
                .take(now);
        if (wait.isPresent() || wasBelieved(receiver, source)) {
            return wait;
        }
        return all.computeIfAbsent(receiver, unused -> new TokenBucket(perMinute * OF_ALL, now))
                .take(now);
    }

    /** Within the last hour. */
    synchronized boolean wasBelieved(Receiver receiver, String source) {
        return Optional.ofNullable(believed.get(new Sender(receiver, source)))
                .filter(when -> !clock.instant().isAfter(when.plus(LATELY)))
                .isPresent();
    }

    /** It could prove who it is. */
    synchronized void believed(Receiver receiver, String source) {
        believed.put(new Sender(receiver, source), clock.instant());
    }

    synchronized int sources() {
        return sources.size();
    }
}
