package dev.sweepback.adapter.hook;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Use;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Reads hooks. */
public final class HookReader implements Reader {

    private final Hooks hooks;
    private final Secrets secrets;
    private final Clock clock;
    private final Recreated created;

    /** @param clock what the times of intents are by, to compare them with the system's */
    public HookReader(Hooks hooks, Secrets secrets, Clock clock, Recreated created) {
        this.hooks = hooks;
        this.secrets = secrets;
        this.clock = clock;
        this.created = created;
    }

    @Override
    public Population find(Scope scope) {
        return new Population(hooks.resources(hooks.list().hooks()));
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        return InParallel.map(hooks.connection().concurrency(), resources, this::capture);
    }

    private Capture capture(ResourceRef ref) {
        return Capture.of(
                ref, () -> hooks.hook(ref.id()).<Capture>map(hooks::capture).orElseGet(() -> new Capture.Absent(ref)));
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        HookLook look = new HookLook(hooks, clock, created);
        return InParallel.map(hooks.connection().concurrency(), tasks, task -> look(look, task));
    }

    private static Look look(HookLook look, Task task) {
        return Look.of(task, () -> look.at(task));
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
            return Optional.of("undo could not give the secret back: " + e.objection());
        }
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
