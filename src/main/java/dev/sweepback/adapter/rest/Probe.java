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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Proves what a description declares of each action, on a disposable resource that it makes for it and takes away again,
 * whatever happens. It writes to the system: only the holder of the acting lock may run it.
 */
public final class Probe {

    /** What the names of all disposable resources begin with. */
    public static final String PREFIX = "sweepback-probe-";

    /** It is created, re-created, and created once more by hand. */
    private static final int MOST_MADE = 4;

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
        List<String> ids = new ArrayList<>();
        List<String> differs = new ArrayList<>();
        String found = tried(described, name, clock, ids, differs);
        String left = takeAway(name, ids);
        boolean proven = found.isEmpty() && left.isEmpty();
        String reason = found.isEmpty() ? left : found;
        return new Verdict(action, proven, proven ? untried() : reason, differs, left);
    }

    /**
     * @param ids gets every id that what was made has been under, the newest last
     * @param differs gets what differed after it was put back
     * @return what is not as declared; empty if all is
     */
    private String tried(DescribedAction action, String name, Clock clock, List<String> ids, List<String> differs) {
        try (Reader reader = connector.reader(connection);
                Writer writer = connector.writer(connection)) {
            Set<String> earlier = listed(reader);
            ProbeSteps steps = new ProbeSteps(action, ref(create(name, earlier)), reader, writer, clock, ids);
            prove(steps, action, name, earlier);
            differs.addAll(steps.differs());
            return "";
        } catch (Disproved e) {
            differs.addAll(e.differs());
            return String.valueOf(e.getMessage());
        } catch (ConnectorException e) {
            return e.getMessage() + "; " + e.remedy();
        } catch (RuntimeException e) {
            // what was made is taken away all the same; the message may quote what must not be shown
            return "an unexpected " + e.getClass().getSimpleName() + "; please report it";
        }
    }

    private String untried() {
        return probe().change().isPresent()
                ? ""
                : "not tried: whether undo leaves a later change alone, as there is no 'change'";
    }

    private static Set<String> listed(Reader reader) {
        return reader.find(Scope.WHOLE).resources().stream()
                .map(resource -> resource.ref().id())
                .collect(Collectors.toSet());
    }

    private void prove(ProbeSteps steps, DescribedAction action, String name, Set<String> earlier) {
        steps.listed(name);
        prepare(steps.id());
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
                steps.moved(create(name, earlier));
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

    /**
     * @param earlier what was there before: nothing is ever done to one of these
     * @return the id of what was made
     */
    private String create(String name, Set<String> earlier) {
        String id = create(name);
        if (earlier.contains(id)) {
            throw new Disproved("'probe.id' leads to '" + id
                    + "', which was there before the probe: nothing was done to it; correct 'probe.id'. What was made as '"
                    + name + "' may be left");
        }
        return id;
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

    private void prepare(String id) {
        for (DescribedRequest request : probe().prepare()) {
            if (api.isGone(api.change(request, Filling.id(id)))) {
                throw new Disproved("'probe.prepare' was answered as if nothing were there: check its path");
            }
        }
    }

    private void change(String id, String name) {
        DescribedRequest change = probe().change().orElseThrow();
        Response response =
                api.change(change, new Filling(Optional.of(id), Optional.of(name), Optional.empty(), Optional.empty()));
        if (api.isGone(response)) {
            throw new Disproved("'probe.change' was answered with " + response.status() + ": check its path");
        }
    }

    /**
     * By every id that is known, and by its name: an answer may have been lost, and with it an id.
     *
     * @return empty if nothing is left; else what is
     */
    private String takeAway(String name, List<String> ids) {
        String last = name;
        try (Reader reader = connector.reader(connection)) {
            for (String id : ids) {
                last = id;
                remove(id);
            }
            for (int round = 0; round < MOST_MADE; round++) {
                Optional<ResourceRef> found = find(reader, name);
                if (found.isEmpty()) {
                    return "";
                }
                last = found.get().id();
                remove(last);
            }
            throw new Disproved("it is still listed");
        } catch (ConnectorException | Disproved e) {
            return description.resource() + " '" + last + "' was made for the probe and may be left (" + e.getMessage()
                    + "): remove it by hand";
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

    /** The disposable resource of a name, if it is listed. */
    public static Optional<ResourceRef> find(Reader reader, String name) {
        return reader.find(Scope.WHOLE).resources().stream()
                .filter(resource -> resource.name().equals(name)
                        || resource.ref().id().equals(name)
                        || resource.ref().id().endsWith("/" + name))
                .map(resource -> resource.ref())
                .findFirst();
    }
}
