package dev.sweepback.job;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the freezes of the settings. A date is a whole day in the freeze's time zone, whichever end it stands at. */
final class Freezes {

    private static final String KEY = "freezes";

    private final Findings findings;

    private Freezes(Findings findings) {
        this.findings = findings;
    }

    static List<Freeze> read(Values file, Findings findings) {
        Freezes reader = new Freezes(findings);
        List<Freeze> freezes = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node item : file.items(KEY)) {
            Values freeze = Values.of(item);
            if (!names.add(freeze.text("name"))) {
                findings.add(
                        freeze.place("name"),
                        "two freezes are named '" + Format.shortened(freeze.text("name")) + "'",
                        "a name that is unique among the freezes",
                        "rename one");
            }
            reader.read(freeze).ifPresent(freezes::add);
        }
        return freezes;
    }

    /**
     * They hold nothing up any more, and somebody may believe that they do.
     *
     * @param freezes as read from the file, without a problem
     */
    static void warnOfPast(Values file, List<Freeze> freezes, Instant now, Findings findings) {
        List<Node> items = file.items(KEY);
        for (int index = 0; index < freezes.size(); index++) {
            Freeze freeze = freezes.get(index);
            if (!now.isBefore(freeze.until())) {
                findings.warn(
                        Values.of(items.get(index)).place("until"),
                        "freeze '" + Format.shortened(freeze.name()) + "' is over since " + freeze.until(),
                        "one that is still to come",
                        "remove it, or correct its dates");
            }
        }
    }

    private Optional<Freeze> read(Values freeze) {
        Optional<ZoneId> zone = TimeZones.read(freeze, findings);
        if (freeze.has("timezone") && !isDate(freeze, "from") && !isDate(freeze, "until")) {
            findings.add(
                    freeze.keyPlace("timezone"),
                    "'timezone' has no effect on times that have an offset",
                    "dates with a time zone, or times with an offset",
                    "remove it");
        }
        if (zone.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> from = instant(freeze, "from", zone.get(), 0);
        Optional<Instant> until = instant(freeze, "until", zone.get(), 1);
        if (from.isEmpty() || until.isEmpty()) {
            return Optional.empty();
        }
        if (!from.get().isBefore(until.get())) {
            findings.add(
                    freeze.place("until"),
                    "freeze '" + Format.shortened(freeze.text("name")) + "' ends (" + until.get()
                            + ") before it has begun (" + from.get() + ")",
                    "an end after its beginning",
                    "swap or correct 'from' and 'until'");
            return Optional.empty();
        }
        return Optional.of(new Freeze(freeze.text("name"), from.get(), until.get()));
    }

    private static boolean isDate(Values freeze, String key) {
        return !freeze.text(key).contains("T");
    }

    /** @param days after the beginning of a date */
    private Optional<Instant> instant(Values freeze, String key, ZoneId zone, int days) {
        String text = freeze.text(key);
        try {
            return Optional.of(
                    isDate(freeze, key)
                            ? LocalDate.parse(text)
                                    .plusDays(days)
                                    .atStartOfDay(zone)
                                    .toInstant()
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            findings.add(
                    freeze.place(key),
                    "'" + Format.shortened(text) + "' is in no calendar",
                    Format.DATE_OR_TIME.expected(),
                    "correct it");
            return Optional.empty();
        }
    }
}
