package dev.sweepback.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Times as people type and read them: with an offset, or a date in UTC. */
final class Times {

    private static final String FORM = "write 2026-11-30T22:00:00Z or 2026-11-30T23:00+01:00";

    private Times() {}

    /** @throws IllegalArgumentException with the expected form */
    static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + text + "' is no time: " + FORM, e);
        }
    }

    /** Up to the next second, to be read by people: nobody is told a time that is too early. */
    static Instant wholeSecond(Instant instant) {
        Instant second = instant.truncatedTo(ChronoUnit.SECONDS);
        return second.equals(instant) ? second : second.plusSeconds(1);
    }

    /** A date begins with its first instant. */
    static Instant from(String option, String text) {
        return read(option, text, 0);
    }

    /** A date ends with its last instant: "until Friday" includes Friday. */
    static Instant until(String option, String text) {
        return read(option, text, 1);
    }

    private static Instant read(String option, String text, int days) {
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .plusDays(days)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                    : instant(text);
        } catch (DateTimeException | IllegalArgumentException e) {
            throw Failures.usage(
                    "usage", "'" + text + "' is neither a date nor a time", option, "write 2026-11-30, or " + FORM);
        }
    }
}
