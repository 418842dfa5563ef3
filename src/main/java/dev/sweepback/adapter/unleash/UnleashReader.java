package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Task;
import java.util.Comparator;
import java.util.List;

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
        return new Population(api.live().stream()
                .sorted(Comparator.comparing(
                        feature -> feature.path("dependencyType").asString("").equals("parent")))
                .map(captures::listed)
                .toList());
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        FlagCaptures captures = new FlagCaptures(api);
        return InParallel.map(concurrency, resources, ref -> captures.capture(ref.id()));
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        FlagCaptures captures = new FlagCaptures(api);
        return InParallel.map(concurrency, tasks, task -> {
            Capture now = captures.capture(task.resource().id());
            return new Look(FlagProgress.of(task, now), task.resource(), now);
        });
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
