package dev.sweepback.gate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/** What is seen of this machine's clock: whether it jumps, and how far it is from those of the systems. Thread-safe. */
public final class ClockWatch {

    /** More than that within two looks is a jump. */
    static final Duration LARGEST_STEP = Duration.ofSeconds(60);

    /** How long what was seen counts. */
    static final Duration COUNTS = Duration.ofMinutes(10);

    /** Systems tell their time in whole seconds. */
    private static final Duration FINEST = Duration.ofSeconds(2);

    /** The clock was set from one time to another. */
    record Jump(Instant from, Instant to) {
        Duration by() {
            return Duration.between(from, to);
        }
    }

    /**
     * How far the clock is from that of a system, at least.
     *
     * @param ahead negative if it is behind
     */
    record Skew(String system, Duration ahead, Instant at) {}

    private record Seen<T>(T what, long nanos) {}

    private final Clock clock;
    private final LongSupplier nanos;
    private final Duration tolerated;
    private final Map<String, Seen<Skew>> skews = new HashMap<>();
    private Instant lastTime;
    private long lastNanos;
    private Optional<Seen<Jump>> lastJump = Optional.empty();
    private final List<Jump> unrecorded = new ArrayList<>();

    /**
     * @param nanos a clock that nobody sets, such as {@link System#nanoTime}
     * @param tolerated how far the clocks of other systems may be off
     */
    public ClockWatch(Clock clock, LongSupplier nanos, Duration tolerated) {
        this.clock = clock;
        this.nanos = nanos;
        this.tolerated = tolerated.compareTo(FINEST) > 0 ? tolerated : FINEST;
        this.lastTime = clock.instant();
        this.lastNanos = nanos.getAsLong();
    }

    /**
     * A system has told its time.
     *
     * @param before when it was asked
     * @param date its time, in whole seconds
     * @param after when it had answered
     */
    public synchronized void answered(String system, Instant before, Instant date, Instant after) {
        Duration ahead = Duration.between(date.plusSeconds(1), before);
        Duration behind = Duration.between(after, date);
        Duration skew = Duration.ZERO;
        if (!ahead.isNegative()) {
            skew = ahead;
        } else if (!behind.isNegative()) {
            skew = behind.negated();
        }
        skews.put(system, new Seen<>(new Skew(system, skew, after), nanos.getAsLong()));
    }

    /** Looks whether the clock has jumped since the last look. */
    synchronized void look() {
        Instant time = clock.instant();
        long now = nanos.getAsLong();
        Jump jump = new Jump(lastTime.plusNanos(now - lastNanos), time);
        lastTime = time;
        lastNanos = now;
        if (jump.by().abs().compareTo(LARGEST_STEP) > 0) {
            lastJump = Optional.of(new Seen<>(jump, now));
            unrecorded.add(jump);
            // measured by a clock that is no more
            skews.clear();
        }
    }

    /** The last jump, for as long as it counts. */
    synchronized Optional<Jump> jump() {
        return lastJump.filter(this::counts).map(Seen::what);
    }

    /** When the last jump counts no more. */
    synchronized Instant quietFrom() {
        return lastJump.map(seen -> now().plus(COUNTS).minusNanos(nanos.getAsLong() - seen.nanos()))
                .orElseGet(this::now);
    }

    /** The jumps that are not in the record yet. */
    synchronized List<Jump> unrecorded() {
        return List.copyOf(unrecorded);
    }

    /** They are in the record now. */
    synchronized void recorded(List<Jump> jumps) {
        unrecorded.removeAll(jumps);
    }

    /** The largest skew that is not tolerated, of what was measured lately. */
    synchronized Optional<Skew> skew() {
        skews.values().removeIf(seen -> !counts(seen));
        return skews.values().stream()
                .map(Seen::what)
                .filter(skew -> skew.ahead().abs().compareTo(tolerated) > 0)
                .max((one, other) -> one.ahead().abs().compareTo(other.ahead().abs()));
    }

    /** How many systems have told their time lately. */
    synchronized int systems() {
        return skews.size();
    }

    Duration tolerated() {
        return tolerated;
    }

    Instant now() {
        return clock.instant();
    }

    private boolean counts(Seen<?> seen) {
        return nanos.getAsLong() - seen.nanos() < COUNTS.toNanos();
    }
}
