package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Sighting;
import dev.sweepback.connector.Task;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads flags. Flags that are archived already are no part of the population. */
final class UnleashReader implements Reader {

    private final UnleashApi api;
    private final int concurrency;

    UnleashReader(UnleashApi api, int concurrency) {
        this.api = api;
        this.concurrency = concurrency;
    }

    /** Parents last, for Unleash does not archive a flag that others depend on. */
    @Override
    public Population find(Scope scope) {
        api.requireProject();
        FlagCaptures captures = new FlagCaptures(api);
        List<JsonNode> live = api.live();
        scope.get(UnleashFlags.ENVIRONMENT).ifPresent(environment -> requireEnvironment(environment, live));
        return new Population(live.stream()
                .sorted(Comparator.comparing(
                        feature -> feature.path("dependencyType").asString("").equals("parent")))
                .map(captures::listed)
                .toList());
    }

    /** All flags of a project have the same environments. Without a flag only the server's own list can tell. */
    private void requireEnvironment(String environment, List<JsonNode> live) {
        Set<String> known = live.isEmpty()
                ? api.environments()
                : live.stream()
                        .flatMap(feature -> feature.path("environments").valueStream())
                        .map(entry -> entry.path("name").asString(""))
                        .collect(Collectors.toSet());
        if (!known.contains(environment)) {
            throw api.failure(
                    Kind.NOT_FOUND,
                    "project '" + api.project() + "' has no environment '" + environment + "'",
                    "correct 'environment' in the step's select: one of " + String.join(", ", new TreeSet<>(known)));
        }
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        FlagCaptures captures = new FlagCaptures(api);
        return InParallel.map(concurrency, resources, ref -> captures.capture(ref.id()));
    }

    /** Of an archived flag, one search has it all: its strategies are not read for that. */
    @Override
    public List<Sighting> watch(List<ResourceRef> resources) {
        FlagCaptures captures = new FlagCaptures(api);
        return InParallel.map(concurrency, resources, ref -> captures.sight(ref.id()));
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        FlagCaptures captures = new FlagCaptures(api);
        FlagProgress progress = new FlagProgress(api);
        return InParallel.map(concurrency, tasks, task -> {
            Capture now = captures.capture(task.resource().id());
            try {
                return new Look(progress.of(task, now), task.resource(), now);
            } catch (ConnectorException e) {
                return Look.unknown(task, e);
            }
        });
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
