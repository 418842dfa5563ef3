package dev.sweepback.schedule;

import dev.sweepback.job.Cron;
import java.text.ParseException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Date;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.quartz.CronExpression;

/** Cron expressions as Quartz reads them: seconds first, and {@code ?} in one of the two day fields. */
public final class QuartzCron implements Cron {

    private static final Pattern WORD = Pattern.compile("[A-Za-z]+");
    private static final Pattern KNOWN = Pattern.compile(
            "(SUN|MON|TUE|WED|THU|FRI|SAT|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)?(L|W|LW|C)?",
            Pattern.CASE_INSENSITIVE);

    @Override
    public Optional<Instant> next(String expression, ZoneId zone, Instant after) {
        CronExpression cron = parse(expression);
        cron.setTimeZone(TimeZone.getTimeZone(zone));
        // Without an answer there is none up to the last year that Quartz looks at.
        return Optional.ofNullable(cron.getNextValidTimeAfter(Date.from(after))).map(Date::toInstant);
    }

    private static CronExpression parse(String expression) {
        try {
            CronExpression cron = new CronExpression(expression);
            // Quartz reads three letters and drops the rest: MONTUE would be Mondays only.
            WORD.matcher(expression)
                    .results()
                    .map(MatchResult::group)
                    .filter(word -> !KNOWN.matcher(word).matches())
                    .findFirst()
                    .ifPresent(word -> {
                        throw new IllegalArgumentException(
                                "'" + word + "' is no day or month: write them with three letters");
                    });
            return cron;
        } catch (ParseException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
