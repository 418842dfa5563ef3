package dev.sweepback.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoursTest {

    private static final String WORK = "MON TUE WED THU 09:00 17:00 Europe/Berlin";

    /** @param text days, from, to and zone */
    private static Hours hours(String text) {
        String[] words = text.split(" ");
        int days = words.length - 3;
        Set<DayOfWeek> on = Arrays.stream(words, 0, days)
                .map(day -> DayOfWeek.of(TimeShapes.DAYS.indexOf(day) + 1))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(DayOfWeek.class)));
        return new Hours(
                on, LocalTime.parse(words[days]), LocalTime.parse(words[days + 1]), ZoneId.of(words[days + 2]));
    }

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @ParameterizedTest(name = "{0} at {1}: {2}")
    @CsvSource({
        // 30 November 2026 is a Monday
        WORK + ", 2026-11-30T08:59:59+01:00, false",
        WORK + ", 2026-11-30T09:00:00+01:00, true",
        WORK + ", 2026-11-30T16:59:59+01:00, true",
        WORK + ", 2026-11-30T17:00:00+01:00, false",
        WORK + ", 2026-12-03T16:59:59+01:00, true",
        WORK + ", 2026-12-04T12:00:00+01:00, false",
        WORK + ", 2026-07-06T09:00:00+02:00, true",
        WORK + ", 2026-07-06T07:59:59+01:00, false",
        // over midnight: the days are those on which it begins
        "MON 22:00 04:00 UTC, 2026-11-30T21:59:59Z, false",
        "MON 22:00 04:00 UTC, 2026-11-30T22:00:00Z, true",
        "MON 22:00 04:00 UTC, 2026-12-01T03:59:59Z, true",
        "MON 22:00 04:00 UTC, 2026-12-01T04:00:00Z, false",
        "MON 22:00 04:00 UTC, 2026-11-30T03:00:00Z, false",
        "MON 22:00 04:00 UTC, 2026-12-01T22:00:00Z, false",
        "SUN 22:00 00:00 UTC, 2026-11-29T23:59:59Z, true",
        "SUN 22:00 00:00 UTC, 2026-11-30T00:00:00Z, false",
        // both equal: a whole day
        "MON 00:00 00:00 UTC, 2026-11-29T23:59:59Z, false",
        "MON 00:00 00:00 UTC, 2026-11-30T00:00:00Z, true",
        "MON 00:00 00:00 UTC, 2026-11-30T23:59:59Z, true",
        "MON 00:00 00:00 UTC, 2026-12-01T00:00:00Z, false",
        "MON 09:00 09:00 UTC, 2026-12-01T08:59:59Z, true",
        "MON 09:00 09:00 UTC, 2026-11-30T08:59:59Z, false",
        // Berlin, 29 March 2026: 02:00 is followed by 03:00
        "SUN 02:30 05:00 Europe/Berlin, 2026-03-29T01:59:59+01:00, false",
        "SUN 02:30 05:00 Europe/Berlin, 2026-03-29T03:00:00+02:00, true",
        "SUN 01:00 02:30 Europe/Berlin, 2026-03-29T01:59:59+01:00, true",
        "SUN 01:00 02:30 Europe/Berlin, 2026-03-29T03:00:00+02:00, false",
        "SUN 02:15 02:45 Europe/Berlin, 2026-03-29T03:00:00+02:00, false",
        // Berlin, 25 October 2026: 03:00 is followed by 02:00, so that 02:30 comes twice
        "SUN 02:30 05:00 Europe/Berlin, 2026-10-25T02:29:59+02:00, false",
        "SUN 02:30 05:00 Europe/Berlin, 2026-10-25T02:30:00+02:00, true",
        "SUN 02:30 05:00 Europe/Berlin, 2026-10-25T02:29:59+01:00, false",
        "SUN 02:30 05:00 Europe/Berlin, 2026-10-25T02:30:00+01:00, true",
        "SUN 01:00 02:30 Europe/Berlin, 2026-10-25T02:30:00+02:00, false",
        "SUN 01:00 02:30 Europe/Berlin, 2026-10-25T02:29:59+01:00, true",
        "SUN 01:00 02:30 Europe/Berlin, 2026-10-25T02:30:00+01:00, false",
        // New York, 8 March 2026: 02:00 is followed by 03:00; 1 November: 02:00 by 01:00
        "SUN 02:30 05:00 America/New_York, 2026-03-08T01:59:59-05:00, false",
        "SUN 02:30 05:00 America/New_York, 2026-03-08T03:00:00-04:00, true",
        "SAT 22:00 01:30 America/New_York, 2026-11-01T01:29:59-04:00, true",
        "SAT 22:00 01:30 America/New_York, 2026-11-01T01:30:00-04:00, false",
        "SAT 22:00 01:30 America/New_York, 2026-11-01T01:00:00-05:00, true",
        "SAT 22:00 01:30 America/New_York, 2026-11-01T01:30:00-05:00, false"
    })
    void theClockOnTheWallCounts(String hours, String instant, boolean within) {
        assertThat(hours(hours).contain(at(instant))).isEqualTo(within);
    }

    @ParameterizedTest(name = "{0} after {1}: {2}")
    @CsvSource({
        WORK + ", 2026-11-30T17:00:00+01:00, 2026-12-01T09:00:00+01:00",
        WORK + ", 2026-12-03T17:00:00+01:00, 2026-12-07T09:00:00+01:00",
        WORK + ", 2026-11-30T08:59:59.999+01:00, 2026-11-30T09:00:00+01:00",
        // across the change to winter time, and to summer time
        WORK + ", 2026-10-22T17:00:00+02:00, 2026-10-26T09:00:00+01:00",
        WORK + ", 2026-03-26T17:00:00+01:00, 2026-03-30T09:00:00+02:00",
        "MON 22:00 04:00 UTC, 2026-12-01T04:00:00Z, 2026-12-07T22:00:00Z",
        // what does not exist begins when the clock has passed it
        "SUN 02:30 05:00 Europe/Berlin, 2026-03-29T01:00:00+01:00, 2026-03-29T03:00:00+02:00",
        "SUN 02:30 05:00 America/New_York, 2026-03-08T00:00:00-05:00, 2026-03-08T03:00:00-04:00",
        // hours that a Sunday leaves out come a week later
        "SUN 02:15 02:45 Europe/Berlin, 2026-03-28T12:00:00+01:00, 2026-04-05T02:15:00+02:00",
        // what comes twice begins twice: at its time, and when the clock is put back into it
        "SUN 02:30 05:00 Europe/Berlin, 2026-10-25T01:00:00+02:00, 2026-10-25T02:30:00+02:00",
        "SUN 02:30 05:00 Europe/Berlin, 2026-10-25T02:00:00+01:00, 2026-10-25T02:30:00+01:00",
        "SUN 01:00 02:30 Europe/Berlin, 2026-10-25T02:30:00+02:00, 2026-10-25T02:00:00+01:00",
        "SAT 22:00 01:30 America/New_York, 2026-11-01T01:30:00-04:00, 2026-11-01T01:00:00-05:00",
        // Samoa had no 30 December 2011, which would have been a Friday
        "FRI 09:00 17:00 Pacific/Apia, 2011-12-29T12:00:00-10:00, 2012-01-06T09:00:00+14:00"
    })
    void theyBeginAgainAtTheFirstInstantThatIsWithin(String hours, String outside, String opening) {
        assertThat(hours(hours).nextOpening(at(outside))).contains(at(opening));
    }

    /** Minute by minute through the weeks of both changes: never late, and never where it is not within. */
    @ParameterizedTest
    @CsvSource({
        "SUN 02:30 05:00 Europe/Berlin, 2026-03-22T00:00:00Z",
        "SUN 01:00 02:30 Europe/Berlin, 2026-10-18T00:00:00Z",
        "SAT 22:00 01:30 America/New_York, 2026-10-25T00:00:00Z",
        "SUN WED 02:00 02:00 America/New_York, 2026-03-01T00:00:00Z",
        "SUN 00:00 00:30 America/Havana, 2026-10-28T00:00:00Z",
        WORK + ", 2026-10-18T00:00:00Z"
    })
    void theNextBeginningIsTheOneThatTimeFinds(String text, String from) {
        Hours hours = hours(text);
        Instant start = at(from);
        Instant opening = start;

        for (Instant minute = start;
                minute.isBefore(start.plus(Duration.ofDays(15)));
                minute = minute.plusSeconds(60)) {
            if (hours.contain(minute)) {
                opening = minute;
            } else if (!minute.isBefore(opening)) {
                opening = hours.nextOpening(minute).orElseThrow();
                assertThat(hours.contain(opening)).as("%s", opening).isTrue();
                assertThat(hours.contain(opening.minusMillis(1)))
                        .as("%s", opening)
                        .isFalse();
            }
            assertThat(hours.contain(minute)).as("%s", minute).isEqualTo(!minute.isBefore(opening));
        }
    }

    @Test
    void theySayThemselvesInTheOrderOfTheWeek() {
        assertThat(hours("THU MON 09:00 17:00 Europe/Berlin").text())
                .isEqualTo("MON, THU 09:00 to 17:00 Europe/Berlin");
        assertThat(hours("MON TUE WED THU FRI SAT SUN 22:00 04:00 UTC").text())
                .isEqualTo("every day 22:00 to 04:00 UTC");
        assertThat(hours("MON 09:00 09:00 UTC").text()).isEqualTo("MON for a whole day from 09:00 on UTC");
    }

    @Test
    void withoutADayTheyWouldNeverBegin() {
        Set<DayOfWeek> none = Set.of();

        assertThatThrownBy(() -> new Hours(none, LocalTime.NOON, LocalTime.MIDNIGHT, ZoneId.of("UTC")))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
