package dev.sweepback.plan;

import dev.sweepback.connector.Connector;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Reversible;
import dev.sweepback.job.Step;
import java.util.Collection;
import java.util.Optional;

/** What undo could bring back of what a step does, and whether it could follow the step's instructions then. */
final class UndoProspect {

    /** A credential that undo must hand over by file is fine for a few, not for many. */
    private static final int MOST_WITHOUT_HANDOVER = 5;

    private final Readers readers;

    UndoProspect(Readers readers) {
        this.readers = readers;
    }

    /** The weaker of the step's action and its {@code then}. */
    Reversible of(Step step, Resource resource) {
        Connector connector = readers.connector(step.connection(), step.kind());
        Reversible first = connector.reversible(step.action(), resource, step.instructions());
        return step.then()
                .map(then -> weaker(first, connector.reversible(then, resource, step.instructions())))
                .orElse(first);
    }

    private static Reversible weaker(Reversible first, Reversible second) {
        return second.reversibility().weakerThan(first.reversibility()) ? second : first;
    }

    /** Why undo could not follow the step's instructions for those that rest on them. */
    Optional<String> objection(Step step, Collection<Reversible> chosen) {
        if (chosen.stream().noneMatch(reversible -> restsOnStep(step, reversible))) {
            return Optional.empty();
        }
        long toIssueAgain = chosen.stream()
                .filter(reversible -> reversible.reversibility() == Reversibility.REISSUE)
                .count();
        if (toIssueAgain > MOST_WITHOUT_HANDOVER && step.handover().connection().isEmpty()) {
            return Optional.of("more than " + MOST_WITHOUT_HANDOVER + " to issue again need a 'handover' in the step");
        }
        return readers.of(step.connection(), step.kind()).objection(step.instructions());
    }

    /** Whether undo needs the step's hand-over or secret for it. */
    static boolean restsOnStep(Step step, Reversible reversible) {
        return reversible.reversibility() == Reversibility.REISSUE
                || step.instructions().secretRef().isPresent();
    }
}
