package dev.sweepback.gate;

import dev.sweepback.job.Hours;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;

/** It is a time at which the policy lets operations be begun. */
final class WithinHours implements GateCondition {

    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("EEE uuuu-MM-dd HH:mm", Locale.ROOT);

    @Override
    public String name() {
        return "within hours";
    }

    @Override
    public Verdict ask(Question question) {
        Optional<Hours> hours = question.policy().permits().hours();
        if (hours.isEmpty()) {
            return new Verdict.Open("policy '" + question.policy().name() + "' has none");
        }
        if (hours.get().contain(question.now())) {
            return new Verdict.Open(hours.get().text());
        }
        Optional<Instant> next = hours.get().nextOpening(question.now());
        String again = next.map(
                        opening -> ", again from " + local(opening, hours.get().zone()) + " on")
                .orElse("");
        return new Verdict.Closed(
                "policy '" + question.policy().name() + "': " + hours.get().text() + again, next);
    }

    private static String local(Instant opening, ZoneId zone) {
        return DAY_AND_TIME.format(ZonedDateTime.ofInstant(opening, zone)) + " (" + Left.minute(opening) + ")";
    }
}
