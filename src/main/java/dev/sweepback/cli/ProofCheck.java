package dev.sweepback.cli;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.Description;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Which actions of described systems the jobs name, and whether a probe has proven them there. */
final class ProofCheck {

    private record Used(Connection connection, Description description, DescribedAction action) {}

    private final Settings settings;
    private final ProbeRecords records;
    private final Common common;

    ProofCheck(Settings settings, ProbeRecords records, Common common) {
        this.settings = settings;
        this.records = records;
        this.common = common;
    }

    List<Finding> of(Loaded files) {
        Map<Used, Set<String>> jobs = new LinkedHashMap<>();
        for (Job job : files.jobs().values()) {
            for (Step step : job.steps()) {
                used(step)
                        .forEach(used -> jobs.computeIfAbsent(used, unused -> new LinkedHashSet<>())
                                .add(job.name()));
            }
        }
        List<Finding> findings = new ArrayList<>();
        jobs.forEach((used, names) -> findings.add(finding(used, names)));
        return findings;
    }

    /** What cannot be put back at all no probe can prove. */
    private Stream<Used> used(Step step) {
        Optional<Connection> connection = settings.connection(step.connection());
        Optional<Description> description = connection.flatMap(settings::description);
        return Stream.concat(Stream.of(step.action()), step.then().stream())
                .flatMap(action -> description.flatMap(described -> described.action(action)).stream())
                .filter(action -> action.reversibility() != Reversibility.NONE)
                .map(action -> new Used(connection.orElseThrow(), description.orElseThrow(), action));
    }

    private Finding finding(Used used, Set<String> jobs) {
        String connection = used.connection().name();
        String subject = "connection " + connection;
        Optional<String> unproven = records.unproven(connection, used.action().name());
        if (unproven.isEmpty()) {
            return Finding.ok(subject, "action " + used.action().name() + " is proven");
        }
        String run = "run `" + common.command("doctor --probe " + connection) + "`";
        return Finding.warning(
                subject,
                "action " + used.action().name() + ", named by " + (jobs.size() == 1 ? "job " : "jobs ")
                        + String.join(", ", jobs) + ", is blocked: " + unproven.get(),
                used.description().probe().isPresent()
                        ? run
                        : "add 'probe' to " + used.description().source().path() + ", then " + run);
    }
}
