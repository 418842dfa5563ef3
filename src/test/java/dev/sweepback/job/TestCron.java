package dev.sweepback.job;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Six or seven fields; a year fires once, when it begins; the 30th of February never; anything else each hour. */
final class TestCron implements Cron {

    @Override
    public Optional<Instant> next(String expression, ZoneId zone, Instant after) {
        String[] fields = expression.split(" ", -1);
        if (fields.length < 6 || fields.length > 7) {
            throw new IllegalArgumentException("it has " + fields.length + " fields");
        }
        if (fields[3].equals("30") && fields[4].equals("2")) {
            return Optional.empty();
        }
        return fields.length == 7
                ? Optional.of(Instant.parse(fields[6] + "-01-01T00:00:00Z")).filter(after::isBefore)
                : Optional.of(after.plus(Duration.ofHours(1)));
    }
}
