package dev.sweepback.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a condition on times can turn. The ends of the skew are enough for a condition that is true for one stretch of time;
 * one that is false for a short stretch only ({@code t < a || t > b}) turns in between, where a time meets one that it
 * is compared with.
 */
final class ConditionTimes {

    private static final Pattern LITERAL = Pattern.compile("timestamp\\(\\s*[\"']([^\"']+)[\"']");

    private ConditionTimes() {}

    /** The points in time that are written in a condition. */
    static List<Instant> literals(String text) {
        List<Instant> found = new ArrayList<>();
        Matcher matcher = LITERAL.matcher(text);
        while (matcher.find()) {
            parse(matcher.group(1)).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /** Empty if it is none: evaluation will say so. */
    private static Optional<Instant> parse(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** The shifts within the skew at which a time meets a known one, and right beside them. */
    static List<Duration> turningPoints(List<Instant> times, List<Instant> known, Duration skew) {
        List<Duration> found = new ArrayList<>();
        for (Instant time : times) {
            for (Instant other : known) {
                Duration shift = Duration.between(time, other);
                if (shift.abs().compareTo(skew) < 0) {
                    found.add(shift.minusNanos(1));
                    found.add(shift);
                    found.add(shift.plusNanos(1));
                }
            }
        }
        return found;
    }
}
