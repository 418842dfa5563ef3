package dev.sweepback.run;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Use;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads a {@link FakeSystem}. Nothing changes while a request is answered.
 *
 * @param captured keeps how many things each read of single ones is for
 * @param handover why what is issued again could not be left anywhere
 */
record FakeReader(FakeThings things, FakeTroubles troubles, List<Integer> captured, Supplier<Optional<String>> handover)
        implements Reader {

    @Override
    public Population find(Scope scope) {
        Optional<ConnectorException> trouble = troubles.listing();
        if (trouble.isPresent()) {
            throw trouble.get();
        }
        return new Population(things.listed());
    }

    @Override
    public List<Capture> capture(List<ResourceRef> resources) {
        synchronized (things) {
            captured.add(resources.size());
            return resources.stream().map(this::capture).toList();
        }
    }

    private Capture capture(ResourceRef ref) {
        Optional<ConnectorException> trouble = troubles.reading(ref.id());
        return trouble.isPresent() ? new Capture.Unknown(ref, trouble.get()) : things.capture(ref);
    }

    @Override
    public List<Use> use(List<Resource> resources) {
        synchronized (things) {
            return resources.stream().map(this::use).toList();
        }
    }

    private Use use(Resource resource) {
        troubles.readingUse(resource.ref().id()).ifPresent(trouble -> {
            throw trouble;
        });
        return things.useWhenAsked(resource);
    }

    @Override
    public Optional<String> objection(Instructions instructions) {
        return handover.get();
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        synchronized (things) {
            return tasks.stream().map(this::look).toList();
        }
    }

    private Look look(Task task) {
        ResourceRef now = things.now(task);
        Capture capture = capture(now);
        return capture instanceof Capture.Unknown unknown
                ? Look.unknown(task, unknown.error())
                : new Look(things.progress(task, now, Settling.state(capture)), now, capture);
    }

    @Override
    public void close() {
        // nothing is open
    }
}
