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
     * What {@link #capture} finds, in the order asked, for who needs no state. A connector that can tell it with fewer requests
     * does.
     */
    default List<Sighting> watch(List<ResourceRef> resources) {
        return capture(resources).stream().map(Sighting::of).toList();
    }

    /**
     * Looks how far each task has come, without having sent it or after its answer was lost. This is the only way an
     * operation is settled: by a look after the answer, or by a look after a crash.
     */
    List<Look> look(List<Task> tasks);

    /**
     * What the system tells about the use of each resource, in the order asked. Asked for what was selected only, as it may
     * take a request for each; without an own answer it is what the listing said.
     *
     * @throws ConnectorException if it could not be read: that is not {@link Use.Unknown}, which the system has told
     */
    default List<Use> use(List<Resource> resources) {
        return resources.stream().map(Resource::use).toList();
    }

    /**
     * Why undo could not follow these instructions: what it issues again could not be left at the hand-over, the secret for
     * what it re-creates cannot be resolved; empty if it could, or if this kind needs neither. Asked while planning, so that
     * nothing is removed that could not be put back as promised.
     *
     * @throws ConnectorException if it cannot be told for the moment
     */
    default Optional<String> objection(Instructions instructions) {
        return Optional.empty();
    }

    @Override
    void close();
}
