package dev.sweepback.adapter.hook;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
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
public final class HookReader implements Reader {

    private final Hooks hooks;
    private final HookLook look;
    private final Secrets secrets;

    public HookReader(Hooks hooks, HookLook look, Secrets secrets) {
        this.hooks = hooks;
        this.look = look;
        this.secrets = secrets;
    }

    @Override
    public Population find(Scope scope) {
        return new Population(hooks.resources(hooks.list().hooks()));
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        return resources.stream().map(this::capture).toList();
    }

    private Capture capture(ResourceRef ref) {
        try {
            return hooks.hook(ref.id()).<Capture>map(hooks::capture).orElseGet(() -> new Capture.Absent(ref));
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
    public List<Use> use(List<Resource> resources) {
        return hooks.use(resources);
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
