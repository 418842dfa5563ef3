package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

final class KvReader implements Reader {

    static final String PATH = "path";

    private final Connection connection;
    private final KvApi api;
    private final KvResources resources;
    private final Clock clock;

    KvReader(Connection connection, KvApi api, KvResources resources, Clock clock) {
        this.connection = connection;
        this.api = api;
        this.resources = resources;
        this.clock = clock;
    }

    /** A key of which nothing is live is no part of it: all of it was removed already. */
    @Override
    public Population find(Scope scope) {
        String path = scope.get(PATH).orElse("").replaceAll("^/+|/+$", "");
        if (path.isEmpty()) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    connection.name(),
                    "keys are listed below a path, and none is given",
                    "set select.path to mount and folder, for example secret/up");
        }
        Instant now = clock.instant();
        return new Population(InParallel.map(connection.concurrency(), api.below(api.path(path)), api::key).stream()
                .flatMap(Optional::stream)
                .filter(key -> key.live(now))
                .map(key -> resources.of(key, now))
                .toList());
    }

    @Override
    public List<Capture> capture(List<ResourceRef> refs) {
        return InParallel.map(connection.concurrency(), refs, this::captureOne);
    }

    private Capture captureOne(ResourceRef ref) {
        return Capture.of(ref, () -> seen(ref, clock.instant()));
    }

    private Capture seen(ResourceRef ref, Instant now) {
        Optional<KvKey> key = api.key(api.path(ref.id()));
        return key.isPresent()
                ? new Capture.Present(resources.of(key.get(), now), key.get().state())
                : new Capture.Absent(ref);
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        return InParallel.map(connection.concurrency(), tasks, this::lookOne);
    }

    private Look lookOne(Task task) {
        return Look.of(task, () -> {
            Instant now = clock.instant();
            Capture seen = seen(task.resource(), now);
            State state = seen instanceof Capture.Present present ? present.state() : State.ABSENT;
            Progress progress = task instanceof Reversal reversal
                    ? KvChange.progress(reversal, state, now)
                    : KvChange.progress((Order) task, state, now);
            return new Look(progress, task.resource(), seen);
        });
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
