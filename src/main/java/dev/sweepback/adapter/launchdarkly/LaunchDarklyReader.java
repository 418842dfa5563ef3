package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
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
        return resources.stream().map(this::captured).toList();
    }

    private Capture captured(ResourceRef ref) {
        try {
            return now(ref);
        } catch (ConnectorException e) {
            return new Capture.Unknown(ref, e);
        }
    }

    private Capture now(ResourceRef ref) {
        return api.flag(ref.id()).<Capture>map(flags::capture).orElseGet(() -> new Capture.Absent(ref));
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        return tasks.stream().map(this::look).toList();
    }

    private Look look(Task task) {
        try {
            Capture now = now(task.resource());
            State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
            return new Look(FlagState.progress(task, state), task.resource(), now);
        } catch (ConnectorException e) {
            return Look.unknown(task, e);
        }
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
