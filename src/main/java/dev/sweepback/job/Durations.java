package dev.sweepback.job;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as files write them: {@code 30s}, {@code 30m}, {@code 24h}, {@code 7d}, or ISO-8601 ({@code PT1H30M}). */
public final class Durations {

    private static final Pattern SHORT = Pattern.compile("(\\d{1,9})(s|m|h|d)");

    /** More would overflow a time that it is added to, and is a mistake anyway. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /** @throws IllegalArgumentException if it is none, negative, or longer than a hundred years */
    public static Duration parse(String text) {
        Duration duration = read(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException("'" + Format.shortened(text) + "' is negative");
        }
        if (duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("'" + Format.shortened(text) + "' is longer than a hundred years");
        }
        return duration;
    }

    private static Duration read(String text) {
        Matcher matcher = SHORT.matcher(text);
        if (matcher.matches()) {
            long count = Long.parseLong(matcher.group(1));
            return switch (matcher.group(2)) {
                case "s" -> Duration.ofSeconds(count);
                case "m" -> Duration.ofMinutes(count);
                case "h" -> Duration.ofHours(count);
                default -> Duration.ofDays(count);
            };
        }
        try {
            return Duration.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + Format.shortened(text) + "' is no duration", e);
        }
    }

    /** What to do about a text that is none: a bare number lacks its unit. */
    static String hint(String text) {
        return text.matches("\\d{1,9}")
                ? "add a unit: " + text + "s, " + text + "m, " + text + "h or " + text + "d"
                : "correct it";
    }

    /** The shortest form that parses back to the same duration. */
    public static String print(Duration duration) {
        if (duration.isNegative() || duration.getNano() != 0) {
            return duration.toString();
        }
        long seconds = duration.getSeconds();
        if (seconds == 0 || seconds % 60 != 0) {
            return seconds + "s";
        }
        if (seconds % 3600 != 0) {
            return seconds / 60 + "m";
        }
        return seconds % 86400 == 0 ? seconds / 86400 + "d" : seconds / 3600 + "h";
    }
}
