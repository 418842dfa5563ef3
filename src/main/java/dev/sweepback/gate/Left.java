package dev.sweepback.gate;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times and durations for people, to the minute. */
final class Left {

    private Left() {}

    /** {@code 22h 30m left}, rounded up. */
    static String text(Instant now, Instant then) {
        Duration left = Duration.between(now, then).plusSeconds(59);
        long minutes = Math.max(1, left.toMinutes());
        StringBuilder text = new StringBuilder();
        append(text, minutes / (24 * 60), "d");
        append(text, minutes / 60 % 24, "h");
        append(text, minutes % 60, "m");
        return text + "left";
    }

    static String minute(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MINUTES).toString().replace(":00Z", "Z");
    }

    /** Up to the next second: nobody is told a time that is too early. */
    static String second(Instant instant) {
        return instant.plusSeconds(1)
                .minusNanos(1)
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
    }

    private static void append(StringBuilder text, long count, String unit) {
        if (count > 0) {
            text.append(count).append(unit).append(' ');
        }
    }
}
