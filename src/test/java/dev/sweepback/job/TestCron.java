package dev.sweepback.job;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/** Six or seven fields; a year before 2026 never fires; anything else does so in an hour. */
final class TestCron implements Cron {

    @Override
    public Optional<Instant> next(String expression, ZoneId zone, Instant after) {
        String[] fields = expression.split(" ", -1);
        if (fields.length < 6 || fields.length > 7) {
            throw new IllegalArgumentException("it has " + fields.length + " fields");
        }
        return fields.length == 7 && fields[6].compareTo("2026") < 0
                ? Optional.empty()
                : Optional.of(after.plus(Duration.ofHours(1)));
    }
}
