package dev.sweepback.job;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads when, how fast and on what a policy permits operations to be begun. */
final class PermitsSection {

    private PermitsSection() {}

    /** @param others where all else is from */
    static Permits read(Values spec, Permits others, Findings findings) {
        int most = spec.number("maxPerHour", 0);
        return new Permits(
                PolicyPeople.approval(spec),
                spec.has("hours") ? hours(spec.section("hours"), findings) : others.hours(),
                most > 0 ? OptionalInt.of(most) : others.maxPerHour(),
                PolicyPeople.confirmsEnvironment(spec, others),
                AllowSection.read(spec, findings),
                PolicyPeople.undo(spec),
                spec.find("statedTimes").map("accept"::equals).orElse(others.acceptsStatedTimes()));
    }

    private static Optional<Hours> hours(Values hours, Findings findings) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (Node item : hours.items("days")) {
            String word = Values.scalar(item);
            if (!days.add(DayOfWeek.of(TimeShapes.DAYS.indexOf(word) + 1))) {
                findings.add(item.place(), "'days' names " + word + " twice", "each day once", "remove one of them");
            }
        }
        Optional<ZoneId> zone = TimeZones.read(hours, findings);
        return zone.map(found ->
                new Hours(days, LocalTime.parse(hours.text("from")), LocalTime.parse(hours.text("to")), found));
    }
}
