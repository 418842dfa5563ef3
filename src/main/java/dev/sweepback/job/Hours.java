package dev.sweepback.job;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When operations may be begun, by the clock on the wall: an hour that it shows twice counts twice, and one that it skips not
 * at all.
 *
 * @param days on which the hours begin
 * @param to not included; not after {@code from} means on the next day, so that both equal is a whole day
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {

    /** More than a week, and than any day that a time zone has ever left out. */
    private static final int DAYS_AHEAD = 16;

    public Hours {
        if (days.isEmpty()) {
            throw new IllegalArgumentException("hours need a day");
        }
        days = Collections.unmodifiableSet(EnumSet.copyOf(days));
    }

    public boolean contain(Instant instant) {
        LocalDateTime local = LocalDateTime.ofInstant(instant, zone);
        boolean begun = !local.toLocalTime().isBefore(from);
        boolean ended = !local.toLocalTime().isBefore(to);
        if (from.isBefore(to)) {
            return begun && !ended && days.contains(local.getDayOfWeek());
        }
        return (begun && days.contains(local.getDayOfWeek()))
                || (!ended && days.contains(local.getDayOfWeek().minus(1)));
    }

    /** When they begin again after an instant that is outside of them. */
    public Optional<Instant> nextOpening(Instant outside) {
        return beginnings(outside).stream()
                .filter(beginning -> beginning.isAfter(outside) && contain(beginning))
                .min(Comparator.naturalOrder());
    }

    /** Where they can begin: at {@code from}, and wherever the clock on the wall is put forward or back. */
    private List<Instant> beginnings(Instant after) {
        ZoneRules rules = zone.getRules();
        List<Instant> beginnings = new ArrayList<>();
        LocalDate today = LocalDate.ofInstant(after, zone);
        for (int day = 0; day <= DAYS_AHEAD; day++) {
            LocalDateTime local = today.plusDays(day).atTime(from);
            for (ZoneOffset offset : rules.getValidOffsets(local)) {
                beginnings.add(local.toInstant(offset));
            }
        }
        Instant last = after.plus(Duration.ofDays(DAYS_AHEAD));
        ZoneOffsetTransition change = rules.nextTransition(after);
        while (change != null && !change.getInstant().isAfter(last)) {
            beginnings.add(change.getInstant());
            change = rules.nextTransition(change.getInstant());
        }
        return beginnings;
    }

    /** As a person says them: {@code MON, TUE 09:00 to 17:00 Europe/Berlin}. */
    public String text() {
        String names = days.size() == DayOfWeek.values().length
                ? "every day"
                : days.stream().map(Hours::word).collect(Collectors.joining(", "));
        String times = from.equals(to) ? "for a whole day from " + from + " on" : from + " to " + to;
        return names + " " + times + " " + zone;
    }

    /** As files write a day: {@code MON}. */
    static String word(DayOfWeek day) {
        return day.name().substring(0, 3).toUpperCase(Locale.ROOT);
    }
}
