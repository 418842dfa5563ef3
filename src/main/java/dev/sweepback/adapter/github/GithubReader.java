package dev.sweepback.adapter.github;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Task;
import java.util.List;

/** Reads hooks. */
final class GithubReader implements Reader {

    private final GithubApi api;
    private final HookResources hooks;
    private final HookLook look;

    GithubReader(GithubApi api, HookResources hooks, HookLook look) {
        this.api = api;
        this.hooks = hooks;
        this.look = look;
    }

    @Override
    public Population find(Scope scope) {
        return new Population(api.list().hooks().stream().map(hooks::resource).toList());
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        return resources.stream().map(this::capture).toList();
    }

    private Capture capture(ResourceRef ref) {
        try {
            return api.hook(ref.id()).<Capture>map(hooks::capture).orElseGet(() -> new Capture.Absent(ref));
        } catch (ConnectorException e) {
            return new Capture.Unknown(ref, e);
        }
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        return tasks.stream().map(this::look).toList();
    }

    private Look look(Task task) {
        try {
            return look.at(task);
        } catch (ConnectorException e) {
            return Look.unknown(task, e);
        }
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
