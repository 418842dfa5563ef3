package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Pause;
import dev.sweepback.adapter.rest.Verdict.Outcome;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Reader;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Scope;
import dev.sweepback.connector.Writer;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.Description;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Proves what a description declares of each action, on a disposable resource that it makes for it and takes away again,
 * whatever happens. It writes to the system: only the holder of the acting lock may run it.
 */
public final class Probe {

    /** What the names of all disposable resources begin with. */
    public static final String PREFIX = "sweepback-probe-";

    private static final String UNTRIED =
            "not tried: whether undo leaves a later change alone, as there is no 'change'";

    private final RestConnector connector;
    private final Connection connection;
    private final Description description;
    private final RestApi api;
    private final Pause pause;

    /** @param pause keeps its steps apart */
    Probe(RestConnector connector, Connection connection, Description description, RestApi api, Pause pause) {
        this.connector = connector;
        this.connection = connection;
        this.description = description;
        this.api = api;
        this.pause = pause;
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
     * @param stop asked before each step: once it is true no further one is begun, and what was made is taken away
     */
    public Verdict of(String action, String name, Clock clock, BooleanSupplier stop) {
        DescribedAction described = description.action(action).orElseThrow();
        try (Reader reader = connector.reader(connection);
                Writer writer = connector.writer(connection)) {
            Disposable disposable = new Disposable(api, reader, connection, description, name);
            ProbePace pace = new ProbePace(pause, stop);
            Verdict found = tried(action, () -> {
                pace.step();
                ResourceRef made = disposable.create();
                return proven(new ProbeSteps(described, disposable, made, reader, writer, clock, pace));
            });
            String left = disposable.takeAway();
            return found.proven() && !left.isEmpty()
                    ? new Verdict(action, Outcome.NOT_PROVEN, left, found.differs(), left)
                    : new Verdict(action, found.outcome(), found.reason(), found.differs(), left);
        } catch (ConnectorException e) {
            // it could not even be opened, so that nothing was asked
            return found(action, Outcome.NOT_PROVEN, e.getMessage() + "; " + e.remedy(), List.of());
        }
    }

    /** @param prove gives what differed after it was put back */
    private Verdict tried(String action, Supplier<List<String>> prove) {
        try {
            List<String> differs = prove.get();
            return found(action, Outcome.PROVEN, isChanged() ? "" : UNTRIED, differs);
        } catch (Stopped e) {
            return found(action, Outcome.STOPPED, String.valueOf(e.getMessage()), List.of());
        } catch (Disproved e) {
            return found(action, Outcome.NOT_PROVEN, String.valueOf(e.getMessage()), e.differs());
        } catch (ConnectorException e) {
            return found(action, Outcome.NOT_PROVEN, e.getMessage() + "; " + e.remedy(), List.of());
        } catch (RuntimeException e) {
            // what was made is taken away all the same; the message may quote what must not be shown
            String unexpected = "an unexpected " + e.getClass().getSimpleName() + "; please report it";
            return found(action, Outcome.NOT_PROVEN, unexpected, List.of());
        }
    }

    private static Verdict found(String action, Outcome outcome, String reason, List<String> differs) {
        return new Verdict(action, outcome, reason, differs, "");
    }

    private List<String> proven(ProbeSteps steps) {
        steps.listed();
        steps.prepare(isChanged());
        steps.apply();
        steps.restore();
        if (isChanged()) {
            steps.leaveAlone();
        }
        return steps.differs();
    }

    private boolean isChanged() {
        return description.probe().flatMap(probe -> probe.change()).isPresent();
    }

    /** The disposable resource of a name, if it is listed. */
    public static Optional<ResourceRef> find(Reader reader, String name) {
        return reader.find(Scope.WHOLE).resources().stream()
                .filter(resource -> resource.name().equals(name)
                        || resource.ref().id().equals(name)
                        || resource.ref().id().endsWith("/" + name))
                .map(Resource::ref)
                .findFirst();
    }
}
