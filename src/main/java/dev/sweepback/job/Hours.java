package dev.sweepback.job;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Set;

/**
 * When operations may be begun.
 *
 * @param days on which the hours begin
 * @param to not included; not after {@code from} means on the next day
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    public Hours {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("hours need a day");
        }
        days = Set.copyOf(EnumSet.copyOf(days));
    }
}
