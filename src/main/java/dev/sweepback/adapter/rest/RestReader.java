package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Population;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Task;
import dev.sweepback.job.Description;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Reads what a description describes. */
final class RestReader implements Reader {

    private final Description description;
    private final RestApi api;
    private final RestResources resources;
    private final Supplier<RestLook> looks;

    /** @param looks a look for each batch */
    RestReader(Description description, RestApi api, RestResources resources, Supplier<RestLook> looks) {
        this.description = description;
        this.api = api;
        this.resources = resources;
        this.looks = looks;
    }

    @Override
    public Population find(Scope scope) {
        Map<String, JsonNode> listed = api.list();
        if (!description.list().texts()) {
            return new Population(listed.entrySet().stream()
                    .filter(entry ->
                            !Says.all(entry.getValue(), description.answers().goneWhen()))
                    .map(entry -> resources.resource(entry.getKey(), entry.getValue()))
                    .toList());
        }
        List<Optional<Resource>> read =
                InParallel.map(api.connection().concurrency(), List.copyOf(listed.keySet()), this::read);
        return new Population(read.stream().flatMap(Optional::stream).toList());
    }

    /** What went away since it was listed is no longer there. */
    private Optional<Resource> read(String id) {
        return api.item(id).map(item -> resources.resource(id, item.content()));
    }

    @Override
    public List<Capture> capture(List<ResourceRef> refs) {
        return InParallel.map(api.connection().concurrency(), refs, this::capture);
    }

    private Capture capture(ResourceRef ref) {
        return Capture.of(
                ref,
                () -> api.item(ref.id())
                        .<Capture>map(item -> resources.capture(ref.id(), item.content()))
                        .orElseGet(() -> new Capture.Absent(ref)));
    }

    @Override
    public List<Look> look(List<Task> tasks) {
        RestLook look = looks.get();
        return InParallel.map(
                api.connection().concurrency(),
                tasks,
                task -> Look.of(task, () -> look.at(task).look()));
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
