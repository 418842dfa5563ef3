package dev.sweepback.job;

import java.time.Instant;
import java.util.Optional;

/** Whether a schedule has fire times within the hours of the job's policy: without any, the job would never start. */
final class FiresInHours {

    /** Each is at least a day further on where there are hours on one day a week. */
    private static final int TRIES = 400;

    private FiresInHours() {}

    /** Warns if it has none in about a year. */
    static void check(Values job, Job.Schedule schedule, Policy policy, Cron cron, Instant now, Findings findings) {
        Optional<Hours> hours = policy.permits().hours();
        if (hours.isPresent() && !fires(schedule, hours.get(), cron, now)) {
            findings.warn(
                    job.section("spec").section("schedule").place("cron"),
                    "the schedule never fires within the hours of policy '" + policy.name() + "': "
                            + hours.get().text(),
                    "a fire time within them",
                    "choose other fire times, or other hours: the job would never start");
        }
    }

    private static boolean fires(Job.Schedule schedule, Hours hours, Cron cron, Instant now) {
        Instant from = now;
        for (int tried = 0; tried < TRIES; tried++) {
            Optional<Instant> open = hours.contain(from) ? Optional.of(from) : hours.nextOpening(from);
            Optional<Instant> fire =
                    open.flatMap(opening -> cron.next(schedule.cron(), schedule.zone(), opening.minusSeconds(1)));
            if (fire.isEmpty()) {
                return false;
            }
            if (hours.contain(fire.get())) {
                return true;
            }
            from = fire.get();
        }
        return false;
    }
}
