package dev.sweepback.cli;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Usage;
import dev.sweepback.job.Job;
import dev.sweepback.job.Loaded;
import dev.sweepback.job.Settings;
import dev.sweepback.job.Step;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What the files use each connection for. */
final class Usages {

    private final List<Step> steps;
    private final Settings settings;

    private Usages(List<Step> steps, Settings settings) {
        this.steps = steps;
        this.settings = settings;
    }

    static Usages of(Loaded files, Settings settings) {
        List<Step> steps = new ArrayList<>();
        for (Job job : files.jobs().values()) {
            steps.addAll(job.steps());
        }
        return new Usages(steps, settings);
    }

    Usage of(Connection connection) {
        List<Usage.Work> works = steps.stream()
                .filter(step -> step.connection().equals(connection.name()))
                .map(Usages::work)
                .distinct()
                .toList();
        return new Usage(works, handovers(connection), secrets(connection));
    }

    private static Usage.Work work(Step step) {
        List<String> actions =
                Stream.concat(Stream.of(step.action()), step.then().stream()).toList();
        return new Usage.Work(step.kind(), actions, step.instructions());
    }

    private Set<String> handovers(Connection connection) {
        Set<String> paths = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step.handover().connection().equals(Optional.of(connection.name()))) {
                paths.add(step.handover().path());
            }
        }
        return paths;
    }

    private Set<String> secrets(Connection connection) {
        Set<String> paths = new LinkedHashSet<>();
        Stream<SecretRef> ofSettings = Stream.concat(
                Stream.of(settings.store().key()),
                settings.connections().values().stream().flatMap(each -> each.secrets().values().stream()));
        Stream<SecretRef> ofSteps = steps.stream().flatMap(step -> step.instructions().secretRef().stream());
        Stream.concat(ofSettings, ofSteps).forEach(reference -> {
            if (reference instanceof SecretRef.Vault vault && vault.connection().equals(connection.name())) {
                paths.add(vault.path());
            }
        });
        return paths;
    }
}
