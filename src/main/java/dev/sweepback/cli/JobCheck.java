package dev.sweepback.cli;

import dev.sweepback.job.Check;
import dev.sweepback.job.Durations;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Match;
import dev.sweepback.job.Samples;
import dev.sweepback.job.Step;
import dev.sweepback.schedule.QuartzCron;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What can be said of a valid job without asking any system. */
record JobCheck(Job job, String policy, List<Instant> fireTimes, List<Samples.Trial> trials) {

    private static final int FIRE_TIMES = 5;

    static JobCheck of(Job job, Loaded files, Outside outside) {
        Instant now = outside.clock().instant();
        return new JobCheck(
                job,
                files.policyOf(job).name(),
                fireTimes(job, now),
                Wiring.described(
                        outside,
                        files.settings().orElseThrow(),
                        catalog -> Samples.of(job, files.settings().orElseThrow(), catalog, now)));
    }

    private static List<Instant> fireTimes(Job job, Instant now) {
        List<Instant> times = new ArrayList<>();
        job.schedule().ifPresent(schedule -> {
            Optional<Instant> next = Optional.of(now);
            while (next.isPresent() && times.size() < FIRE_TIMES) {
                next = new QuartzCron().next(schedule.cron(), schedule.zone(), next.get());
                next.ifPresent(times::add);
            }
        });
        return times;
    }

    private ZoneId zone() {
        return job.schedule().orElseThrow().zone();
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("job " + job.name() + " (" + job.source().path() + ")");
        lines.add("  after " + job.after().packageName() + " in " + job.after().environment() + ", soak "
                + Durations.print(job.after().soak()) + ", policy " + policy + ", start "
                + job.start().name().toLowerCase(java.util.Locale.ROOT));
        job.checks().forEach(check -> lines.add("  check '" + check.name() + "': " + text(check)));
        for (Step step : job.steps()) {
            lines.add("  step '" + step.name() + "': " + step.action() + " " + step.kind() + " on " + step.connection()
                    + step.quarantine().map(PlanText::quarantine).orElse("")
                    + (step.needs().isEmpty() ? "" : ", needs " + String.join(", ", step.needs())));
            if (step.where().isPresent()) {
                lines.add("    condition on samples: " + count(step, Match.Yes.class) + " selected, "
                        + count(step, Match.No.class) + " not, " + count(step, Match.Unclear.class) + " cannot tell");
            }
        }
        fireTimes.forEach(time -> lines.add("  fires " + time + "  ("
                + time.truncatedTo(ChronoUnit.SECONDS).atZone(zone()).toLocalDateTime() + " " + zone() + ")"));
        return lines;
    }

    private static String text(Check check) {
        return check.subject().text()
                + (check.consecutive() > 1
                        ? "; " + check.consecutive() + " good answers in a row, " + Durations.print(check.interval())
                                + " apart"
                        : "")
                + (check.onNoData() == Check.OnNoData.FAIL ? "; no data counts as failed" : "")
                + check.maxWait()
                        .map(most -> "; " + most.outcome().word() + " after " + Durations.print(most.time()))
                        .orElse("");
    }

    private long count(Step step, Class<? extends Match> answer) {
        return trials.stream()
                .filter(trial -> trial.step().equals(step.name()))
                .filter(trial -> answer.isInstance(trial.match()))
                .count();
    }

    ObjectNode toJson() {
        ObjectNode node = JsonMapper.shared().createObjectNode();
        node.put("job", job.name());
        node.put("file", job.source().path().toString());
        node.put("policy", policy);
        ArrayNode steps = node.putArray("steps");
        for (Step step : job.steps()) {
            steps.addObject()
                    .put("name", step.name())
                    .put("connection", step.connection())
                    .put("kind", step.kind())
                    .put("action", step.action())
                    .putObject("samples")
                    .put("selected", count(step, Match.Yes.class))
                    .put("notSelected", count(step, Match.No.class))
                    .put("unclear", count(step, Match.Unclear.class));
        }
        ArrayNode checks = node.putArray("checks");
        job.checks()
                .forEach(check -> checks.addObject().put("name", check.name()).put("what", text(check)));
        ArrayNode times = node.putArray("fireTimes");
        fireTimes.forEach(time -> times.addObject()
                .put("utc", time.toString())
                .put("local", time.atZone(zone()).toOffsetDateTime().toString()));
        return node;
    }
}
