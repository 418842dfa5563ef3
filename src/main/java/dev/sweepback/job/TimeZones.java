package dev.sweepback.job;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;

/** Reads the key {@code timezone}, wherever it stands. */
final class TimeZones {

    private TimeZones() {}

    /** UTC if there is none; empty if it is wrong, which the findings then say. */
    static Optional<ZoneId> read(Values values, Findings findings) {
        String name = values.find("timezone").orElse("UTC");
        try {
            return Optional.of(ZoneId.of(name));
        } catch (DateTimeException e) {
            findings.add(
                    values.place("timezone"),
                    "'" + Format.shortened(name) + "' is no time zone",
                    "a name such as Europe/Berlin or UTC",
                    Nearest.hint(name, ZoneId.getAvailableZoneIds(), "correct it"));
            return Optional.empty();
        }
    }
}
