package dev.sweepback.adapter.github;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Use;
import java.util.List;
import java.util.Optional;

/** Reads hooks. */
final class GithubReader implements Reader {

    private final Connection connection;
    private final GithubApi api;
    private final HookResources hooks;
    private final HookLook look;
    private final Secrets secrets;

    GithubReader(Connection connection, GithubApi api, HookResources hooks, HookLook look, Secrets secrets) {
        this.connection = connection;
        this.api = api;
        this.hooks = hooks;
        this.look = look;
        this.secrets = secrets;
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

    /** One request for each hook, seldom more. One that is gone meanwhile must not make the others count as used. */
    @Override
    public List<Use> use(List<Resource> resources) {
        HookUse use = new HookUse(api);
        return InParallel.map(connection.concurrency(), resources, resource -> {
            try {
                return use.of(resource.ref().id());
            } catch (ConnectorException e) {
                if (e.kind() == Kind.NOT_FOUND) {
                    return new Use.Unknown();
                }
                throw e;
            }
        });
    }

    @Override
    public Optional<String> objection(Instructions instructions) {
        try {
            instructions.secretRef().ifPresent(secrets::resolve);
            return Optional.empty();
        } catch (ConnectorException e) {
            return Optional.of("undo could not give the secret back: " + e.getMessage() + "; " + e.remedy());
        }
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
