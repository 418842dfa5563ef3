package dev.sweepback.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Spans of time as people say them: {@code 1d 2h 5m}, rounded up to minutes. */
final class Spans {

    private Spans() {}

    static String text(Duration span) {
        long minutes = Math.max(1, span.plusSeconds(59).toMinutes());
        List<String> parts = new ArrayList<>();
        add(parts, minutes / (24 * 60), "d");
        add(parts, minutes / 60 % 24, "h");
        add(parts, minutes % 60, "m");
        return String.join(" ", parts);
    }

    private static void add(List<String> parts, long count, String unit) {
        if (count > 0) {
            parts.add(count + unit);
        }
    }
}
