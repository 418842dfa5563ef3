package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Writer;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.DescribedProbe;
import dev.sweepback.job.DescribedRequest;
import dev.sweepback.job.Description;
import dev.sweepback.job.Template;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Proves what a description declares of each action, on a disposable resource that it makes for it and takes away again,
 * whatever happens. It writes to the system: only the holder of the acting lock may run it.
 */
public final class Probe {

    /** What the names of all disposable resources begin with. */
    public static final String PREFIX = "sweepback-probe-";

    private final RestConnector connector;
    private final Connection connection;
    private final Description description;
    private final RestApi api;

    Probe(RestConnector connector, Connection connection, Description description, RestApi api) {
        this.connector = connector;
        this.connection = connection;
        this.description = description;
        this.api = api;
    }

    /** The actions that can be proven. */
    public List<String> actions() {
        return description.actions().stream()
                .filter(action -> action.reversibility() != Reversibility.NONE)
                .map(DescribedAction::name)
                .toList();
    }

    /**
     * Proves one action.
     *
     * @param name of the disposable resource; on record before this is called
     */
    public Verdict of(String action, String name, Clock clock) {
        DescribedAction described = description.action(action).orElseThrow();
        Optional<String> id = Optional.empty();
        Optional<String> found = Optional.empty();
        String untried = "";
        List<String> differs = List.of();
        ProbeSteps steps = null;
        try (Reader reader = connector.reader(connection);
                Writer writer = connector.writer(connection)) {
            id = Optional.of(create(name));
            steps = new ProbeSteps(description, described, ref(id.get()), reader, writer, clock);
            prove(steps, described, name);
            untried = probe().change().isPresent() ? "" : "whether undo leaves a later change alone: there is no 'change'";
            differs = steps.differs();
        } catch (Disproved e) {
            found = Optional.of(String.valueOf(e.getMessage()));
            differs = e.differs();
        } catch (ConnectorException e) {
            found = Optional.of(e.getMessage() + "; " + e.remedy());
        }
        Optional<String> last = steps == null ? id : Optional.of(steps.id());
        String left = takeAway(name, id, last);
        return new Verdict(
                action, found.isEmpty() && left.isEmpty(), found.orElse(left.isEmpty() ? untried : left), differs, left);
    }

    private void prove(ProbeSteps steps, DescribedAction action, String name) {
        steps.listed(name);
        if (action.gone() && probe().change().isPresent()) {
            // so that what is created once more by hand differs from the snapshot
            change(steps.id(), name);
        }
        steps.captured();
        steps.apply();
        steps.restore();
        if (probe().change().isPresent()) {
            Reversal last = steps.applyAgain();
            if (action.gone()) {
                steps.moved(create(name));
            } else {
                change(steps.id(), name);
            }
            steps.leftAlone(last);
        }
    }

    private DescribedProbe probe() {
        return description.probe().orElseThrow(() -> new Disproved("its description has no 'probe'"));
    }

    private ResourceRef ref(String id) {
        return new ResourceRef(description.resource(), connection.name(), id);
    }

    private String create(String name) {
        DescribedProbe probe = probe();
        Response response = api.change(probe.create(), Filling.probe(name));
        if (api.isGone(response)) {
            throw new Disproved("'probe.create' was answered with " + response.status() + ": check its path");
        }
        return probe.idIsAnswered()
                ? api.answeredId(probe.create(), response, probe.id())
                : new Places(connection, Filling.probe(name)).text(Template.parse(probe.id()));
    }

    private void change(String id, String name) {
        DescribedRequest change = probe().change().orElseThrow();
        Response response = api.change(
                change, new Filling(Optional.of(id), Optional.of(name), Optional.empty(), Optional.empty()));
        if (api.isGone(response)) {
            throw new Disproved("'probe.change' was answered with " + response.status() + ": check its path");
        }
    }

    /** Empty if nothing is left; else what is. */
    private String takeAway(String name, Optional<String> first, Optional<String> last) {
        try {
            if (first.isEmpty()) {
                return byName(name);
            }
            for (String id : List.of(last.orElse(first.get()), first.get())) {
                if (api.item(id).isPresent()) {
                    probe().remove().forEach(request -> api.change(request, Filling.id(id)));
                }
                if (api.item(id).isPresent()) {
                    return left(id, "'probe.remove' was accepted, and it is still there");
                }
            }
            return "";
        } catch (ConnectorException e) {
            return left(last.or(() -> first).orElse(name), e.getMessage());
        } catch (Disproved e) {
            return left(name, String.valueOf(e.getMessage()));
        }
    }

    /** The answer to the creation was lost: it may be there under an id that nobody told. */
    private String byName(String name) {
        try (Reader reader = connector.reader(connection)) {
            Optional<ResourceRef> found = find(reader, name);
            if (found.isEmpty()) {
                return "";
            }
            probe().remove().forEach(request -> api.change(request, Filling.id(found.get().id())));
            return find(reader, name).map(ref -> left(ref.id(), "it is still listed")).orElse("");
        }
    }

    /** The disposable resource of a name, if it is listed. */
    public static Optional<ResourceRef> find(Reader reader, String name) {
        return reader.find(Scope.WHOLE).resources().stream()
                .filter(resource -> resource.name().equals(name)
                        || resource.ref().id().equals(name)
                        || resource.ref().id().endsWith("/" + name))
                .map(resource -> resource.ref())
                .findFirst();
    }

    private String left(String id, String why) {
        return description.resource() + " '" + id + "' was made for the probe and may be left (" + why
                + "): remove it by hand";
    }
}
