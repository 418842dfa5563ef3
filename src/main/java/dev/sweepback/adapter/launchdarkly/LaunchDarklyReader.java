package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import java.util.List;

/** Reads flags. */
final class LaunchDarklyReader implements Reader {

    private final LaunchDarklyApi api;
    private final FlagResources flags;

    LaunchDarklyReader(LaunchDarklyApi api, FlagResources flags) {
        this.api = api;
        this.flags = flags;
    }

    @Override
    public Population find(Scope scope) {
        return new Population(api.list().stream().map(flags::resource).toList());
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        return resources.stream().map(ref -> Capture.of(ref, () -> now(ref))).toList();
    }

    private Capture now(ResourceRef ref) {
        return api.flag(ref.id()).<Capture>map(flags::capture).orElseGet(() -> new Capture.Absent(ref));
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        return tasks.stream().map(this::look).toList();
    }

    private Look look(Task task) {
        return Look.of(task, () -> {
            Capture now = now(task.resource());
            State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
            return new Look(FlagState.progress(task, state), task.resource(), now);
        });
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
