package dev.sweepback.server;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** How many signals are looked at: of one source, and of all together. Costs nothing that a sender could make dear. */
final class SignalLimits {

    /** Of the limit of one source. */
    static final int OF_ALL = 10;

    private static final int MOST_SOURCES = 10_000;

    private final int perMinute;
    private final Clock clock;
    private final TokenBucket all;

    /** Those seen least lately are forgotten first. */
    private final Map<String, TokenBucket> sources = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, TokenBucket> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    SignalLimits(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
        this.all = new TokenBucket(perMinute * OF_ALL, clock.instant());
    }

    /** Empty for one that is let in; else how long it has to wait. A source over its limit takes nothing from the others. */
    synchronized Optional<Duration> take(String source) {
        Instant now = clock.instant();
        Optional<Duration> wait = sources.computeIfAbsent(source, unused -> new TokenBucket(perMinute, now))
                .take(now);
        return wait.isPresent() ? wait : all.take(now);
    }

    synchronized int sources() {
        return sources.size();
    }
}
