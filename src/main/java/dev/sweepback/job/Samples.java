package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Descriptor;
import dev.sweepback.connector.Fields;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Use;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tries conditions on sample resources, with and without the fields that can be missing. Finds what types cannot: a condition
 * that never comes to an answer.
 */
public final class Samples {

    private Samples() {}

    /**
     * One trial.
     *
     * @param step the name of the step
     * @param sample what the sample was, in words
     */
    public record Trial(String step, String sample, Match match) {}

    /** All trials of a job's conditions. */
    public static List<Trial> of(Job job, Settings settings, Catalog catalog, Instant now) {
        List<Trial> trials = new ArrayList<>();
        for (Step step : job.steps()) {
            Optional<Fields> fields = settings.connection(step.connection())
                    .map(Connection::type)
                    .flatMap(type -> catalog.get(type, step.kind()))
                    .map(Connector::descriptor)
                    .map(Descriptor::fields);
            if (step.where().isPresent() && fields.isPresent()) {
                trials.addAll(trials(step, step.where().get(), fields.get(), upgrade(job, settings, now), now));
            }
        }
        return List.copyOf(trials);
    }

    /** The conditions that could not tell for any sample. */
    public static List<Problem> neverClear(Job job, Settings settings, Catalog catalog, Instant now) {
        Map<String, String> reasons = new LinkedHashMap<>();
        Set<String> clear = new LinkedHashSet<>();
        for (Trial trial : of(job, settings, catalog, now)) {
            if (trial.match() instanceof Match.Unclear unclear) {
                reasons.putIfAbsent(trial.step(), unclear.reason());
            } else {
                clear.add(trial.step());
            }
        }
        reasons.keySet().removeAll(clear);
        return reasons.entrySet().stream()
                .map(entry -> problem(job, entry.getKey(), entry.getValue()))
                .toList();
    }

    private static Problem problem(Job job, String step, String reason) {
        Place place = job.step(step).flatMap(Step::where).map(Condition::place).orElse(Place.WHOLE);
        return new Problem(
                job.source().path(),
                place.line(),
                place.column(),
                "the condition of step '" + step + "' cannot tell for any sample: " + reason,
                "a condition that is true or false",
                "correct it: such a step would stop at its first resource");
    }

    private static List<Trial> trials(
            Step step, Condition condition, Fields fields, UpgradeFacts upgrade, Instant now) {
        List<Trial> trials = new ArrayList<>();
        samples(step, fields).forEach((sample, resource) -> {
            trials.add(new Trial(step.name(), sample, condition.test(resource, upgrade, false, now)));
            trials.add(new Trial(step.name(), sample + ", tracked", condition.test(resource, upgrade, true, now)));
        });
        return trials;
    }

    private static Map<String, Resource> samples(Step step, Fields fields) {
        List<String> optional = fields.list().stream()
                .filter(Fields.Field::optional)
                .map(Fields.Field::name)
                .toList();
        Map<String, Resource> samples = new LinkedHashMap<>();
        samples.put("all fields", resource(step, fields, List.of()));
        optional.forEach(name -> samples.put("without " + name, resource(step, fields, List.of(name))));
        if (optional.size() > 1) {
            samples.put("without " + String.join(", ", optional), resource(step, fields, optional));
        }
        return samples;
    }

    private static Resource resource(Step step, Fields fields, List<String> missing) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (Fields.Field field : fields.list()) {
            if (!missing.contains(field.name())) {
                values.put(field.name(), field.sample());
            }
        }
        return new Resource(
                new ResourceRef(step.kind(), step.connection(), "sample"),
                "sample",
                List.of(),
                values,
                "sample",
                new Use.NotTold(),
                Optional.empty());
    }

    private static UpgradeFacts upgrade(Job job, Settings settings, Instant now) {
        Instant started = now.minus(Duration.ofDays(2));
        return new UpgradeFacts(
                "sample",
                job.after().packageName(),
                "1.0.0",
                "2.0.0",
                job.after().environment(),
                Optional.of(started),
                Optional.of(started.plus(Duration.ofHours(1))),
                started,
                started.plus(Duration.ofHours(2)),
                Duration.ofMinutes(30),
                Optional.of(new ManifestFacts(job.after().packageName(), "2.0.0", started, "none")),
                settings.clockSkew());
    }
}
