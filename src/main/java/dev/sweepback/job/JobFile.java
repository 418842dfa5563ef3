package dev.sweepback.job;

import dev.sweepback.connector.Catalog;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Makes a job of a file that has the right structure, and checks it against the other files. */
final class JobFile {

    /**
     * What a job is checked against.
     *
     * @param settings empty if they have problems: what needs them is then not checked
     * @param policies those that exist
     * @param broken the policies that exist and have problems
     * @param wordsKnown false if a description has problems: any word may be one of its own
     */
    record Surroundings(
            Optional<Settings> settings,
            List<String> policies,
            List<String> broken,
            Catalog catalog,
            boolean wordsKnown,
            Cron cron,
            Instant now) {}

    private final Values file;
    private final Source source;
    private final Surroundings around;
    private final Findings findings;

    private JobFile(Values file, Source source, Surroundings around, Findings findings) {
        this.file = file;
        this.source = source;
        this.around = around;
        this.findings = findings;
    }

    /** Empty if it cannot be used; the findings then say why, or the settings are missing. */
    static Optional<Job> read(Node node, Source source, Surroundings around, Findings findings) {
        return new JobFile(Values.of(node), source, around, findings).read();
    }

    private Optional<Job> read() {
        Values metadata = file.section("metadata");
        Values spec = file.section("spec");
        Values after = spec.section("after");
        Optional<Job.Schedule> schedule = spec.has("schedule") ? schedule(spec.section("schedule")) : Optional.empty();
        spec.find("policy").ifPresent(policy -> policy(policy, spec.place("policy")));
        for (String key : List.of("onCheckFailure", "watch")) {
            if (spec.has(key) && spec.items("checks").isEmpty()) {
                findings.add(
                        spec.keyPlace(key),
                        "'" + key + "' without a check",
                        "checks that can fail",
                        "add 'checks', or remove '" + key + "': it would guard nothing");
            }
        }
        List<Values> order = StepOrder.of(spec.items("steps"), findings);
        StepWords words = new StepWords(around.catalog(), around.wordsKnown(), findings);
        NamedConnections connections = new NamedConnections(around.settings(), after.text("environment"), findings);
        List<Check> checks = new CheckFile(new SubjectFile(connections, source, findings), findings).read(spec);
        if (around.settings().isEmpty()) {
            order.forEach(words::check);
            return Optional.empty();
        }
        StepFile reader = new StepFile(connections, around.catalog(), words, source, findings);
        List<Step> steps = new ArrayList<>();
        for (Values step : order) {
            reader.read(step).ifPresent(steps::add);
        }
        if (!findings.none()) {
            return Optional.empty();
        }
        return Optional.of(new Job(
                metadata.text("name"),
                labels(metadata.section("labels")),
                new Job.After(after.text("package"), after.text("environment"), after.duration("soak", Duration.ZERO)),
                spec.find("start").orElse("manual").equals("manual") ? Job.Start.MANUAL : Job.Start.AUTOMATIC,
                schedule,
                spec.find("policy"),
                checks,
                steps,
                backOut(spec),
                source));
    }

    private static BackOut backOut(Values spec) {
        BackOut otherwise = BackOut.DEFAULT;
        return new BackOut(
                spec.find("onCheckFailure")
                        .map(word -> BackOut.OnCheckFailure.valueOf(constant(word)))
                        .orElse(otherwise.onCheckFailure()),
                spec.duration("watch", otherwise.watch()),
                spec.section("undo")
                        .find("onRollback")
                        .map(word -> BackOut.OnRollback.valueOf(constant(word)))
                        .orElse(otherwise.onRollback()));
    }

    private static String constant(String word) {
        return word.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static Map<String, String> labels(Values values) {
        Map<String, String> labels = new LinkedHashMap<>();
        values.names().forEach(name -> labels.put(name, values.text(name)));
        return labels;
    }

    private Optional<Job.Schedule> schedule(Values values) {
        Optional<ZoneId> zone = TimeZones.read(values, findings);
        String cron = values.text("cron");
        try {
            if (!fires(cron, zone.orElse(ZoneOffset.UTC), around.now())) {
                neverAgain(cron, zone.orElse(ZoneOffset.UTC), values.place("cron"));
            }
        } catch (IllegalArgumentException e) {
            findings.add(
                    values.place("cron"),
                    "the cron expression is wrong: " + e.getMessage(),
                    "seconds, minutes, hours, day of month, month, day of week and perhaps year",
                    "for example 0 0 3 * * ? for each night at three");
        }
        Job.Misfire misfire =
                values.find("misfire").orElse("run-once").equals("skip") ? Job.Misfire.SKIP : Job.Misfire.RUN_ONCE;
        return zone.map(found -> new Job.Schedule(cron, found, misfire));
    }

    private boolean fires(String cron, ZoneId zone, Instant after) {
        return around.cron().next(cron, zone, after).isPresent();
    }

    /** One that has fired is over, and the job with it may still be planned, gone on with and finished. */
    private void neverAgain(String cron, ZoneId zone, Place place) {
        String what = "the cron expression '" + Format.shortened(cron) + "' never fires";
        if (fires(cron, zone, Instant.EPOCH)) {
            findings.warn(
                    place,
                    what + " again: its last time has passed",
                    "one that fires again",
                    "give it a later year, or remove 'schedule' to start whenever the gate opens");
        } else {
            findings.add(place, what + ", and never did", "one that fires", "check day, month and year");
        }
    }

    private void policy(String name, Place place) {
        if (around.broken().contains(name)) {
            findings.add(
                    place, "policy '" + name + "' has problems", "a valid policy", "correct the policy's file first");
        } else if (!around.policies().contains(name) && !name.equals(Policy.CAREFUL)) {
            Set<String> known = new TreeSet<>(around.policies());
            known.add(Policy.CAREFUL);
            findings.add(
                    place,
                    "there is no policy '" + name + "'",
                    "one of " + String.join(", ", known) + " (" + Policy.CAREFUL + " is built in)",
                    Nearest.hint(
                            name,
                            known,
                            "write it in the folder policies, or leave the key out, which means " + Policy.CAREFUL));
        }
    }
}
