package dev.sweepback.connector;

import java.util.List;
import java.util.Optional;

/** Reads one connection; changes nothing. Batches are answered per item, in the order asked. */
public interface Reader extends AutoCloseable {

    /**
     * Lists the whole population of the scope, every page of it.
     *
     * @throws ConnectorException if the list could not be read to its end, or if the scope (project, repository, mount) does
     *     not exist: unknown is never empty
     */
    Population find(Scope scope);

    /**
     * Reads each resource as it is now: the listed fields for the re-check, and the state that undo needs. A failed read
     * of one item is {@link Capture.Unknown}, never {@link Capture.Absent}.
     */
    List<Capture> capture(List<ResourceRef> resources);

    /**
     * Looks how far each task has come, without having sent it or after its answer was lost. This is the only way an
     * operation is settled: by a look after the answer, or by a look after a crash.
     */
    List<Look> look(List<Task> tasks);

    /**
     * Why what undo issues again could not be left at this hand-over; empty if it could, or if this kind is never issued again.
     * Asked while planning, so that nothing is removed whose equivalent nobody could get.
     */
    default Optional<String> objection(Handover handover) {
        return Optional.empty();
    }

    @Override
    void close();
}
