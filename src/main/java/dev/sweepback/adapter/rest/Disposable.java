package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Scope;
import dev.sweepback.job.DescribedProbe;
import dev.sweepback.job.DescribedRequest;
import dev.sweepback.job.Description;
import dev.sweepback.job.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The resource that a probe makes for itself: made, changed and taken away as the description says. */
final class Disposable {

    /** It is created, re-created, and created once more by hand. */
    private static final int MOST_MADE = 4;

    private final RestApi api;
    private final Reader reader;
    private final Connection connection;
    private final Description description;
    private final String name;

    /** What was there before: nothing is ever done to one of these. */
    private Set<String> earlier = Set.of();

    /** Every id that it is known to have been under, the newest last. */
    private final List<String> ids = new ArrayList<>();

    /** Whether one was made, or may have been, as an answer was lost. */
    private boolean maybeMade;

    Disposable(RestApi api, Reader reader, Connection connection, Description description, String name) {
        this.api = api;
        this.reader = reader;
        this.connection = connection;
        this.description = description;
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Notes where it is seen. */
    void at(ResourceRef ref) {
        ids.add(ref.id());
    }

    /** Makes it, or makes it once more. */
    ResourceRef create() {
        if (!maybeMade) {
            earlier = listed();
        }
        String id = created();
        if (earlier.contains(id)) {
            throw new Disproved("'probe.id' leads to '" + id
                    + "', which was there before the probe: nothing was done to it; correct 'probe.id'. What was made as '"
                    + name + "' may be left");
        }
        return new ResourceRef(description.resource(), connection.name(), id);
    }

    private Set<String> listed() {
        return reader.find(Scope.WHOLE).resources().stream()
                .map(resource -> resource.ref().id())
                .collect(Collectors.toSet());
    }

    private String created() {
        Response response = sendCreate();
        if (api.isGone(response)) {
            throw new Disproved("'probe.create' was answered with " + response.status() + ": check its path");
        }
        maybeMade = true;
        return probe().idIsAnswered()
                ? api.answeredId(probe().create(), response, probe().id())
                : new Places(connection, Filling.probe(name)).text(Template.parse(probe().id()));
    }

    private Response sendCreate() {
        try {
            return api.change(probe().create(), Filling.probe(name));
        } catch (ConnectorException e) {
            maybeMade |= e.mayHaveActed();
            throw e;
        }
    }

    void prepare(String id) {
        for (DescribedRequest request : probe().prepare()) {
            if (api.isGone(api.change(request, Filling.id(id)))) {
                throw new Disproved("'probe.prepare' was answered as if nothing were there: check its path");
            }
        }
    }

    /** As somebody else might. */
    void change(String id) {
        DescribedRequest change = probe().change().orElseThrow();
        Response response =
                api.change(change, new Filling(Optional.of(id), Optional.of(name), Optional.empty(), Optional.empty()));
        if (api.isGone(response)) {
            throw new Disproved("'probe.change' was answered with " + response.status() + ": check its path");
        }
    }

    private DescribedProbe probe() {
        return description.probe().orElseThrow(() -> new Disproved("its description has no 'probe'"));
    }

    /**
     * By every id that is known, and by its name: an answer may have been lost, and with it an id. Asks for nothing if nothing can
     * have been made.
     *
     * @return empty if nothing is left; else what may be
     */
    String takeAway() {
        if (!maybeMade) {
            return "";
        }
        String last = name;
        try {
            for (String id : ids) {
                last = id;
                remove(id);
            }
            for (int round = 0; round < MOST_MADE; round++) {
                Optional<ResourceRef> found = Probe.find(reader, name);
                if (found.isEmpty()) {
                    return "";
                }
                at(found.get());
                last = found.get().id();
                remove(last);
            }
            throw new Disproved("it is still listed");
        } catch (ConnectorException | Disproved e) {
            return description.resource() + " '" + last + "' "
                    + (ids.isEmpty() ? "may have been made for the probe" : "was made for the probe and may be left")
                    + " (" + e.getMessage() + "): " + (ids.isEmpty() ? "look for it and " : "") + "remove it by hand";
        }
    }

    private void remove(String id) {
        if (api.item(id).isPresent()) {
            probe().remove().forEach(request -> api.change(request, Filling.id(id)));
        }
        if (api.item(id).isPresent()) {
            throw new Disproved("'probe.remove' was accepted, and it is still there");
        }
    }
}
