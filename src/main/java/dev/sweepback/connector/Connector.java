package dev.sweepback.connector;

import java.util.List;
import java.util.Optional;

/**
 * The code for one kind of resource of one kind of system. Connectors are immutable and shared between threads; the
 * readers and writers that they open belong to the caller, may be used from several threads at once, and must be closed.
 */
public interface Connector {

    Descriptor descriptor();

    /**
     * Opens a reader. It never changes the system: every request that is not on the connector's read list is refused
     * before it is sent, so that a plan is dry by construction. Opening sends nothing.
     */
    Reader reader(Connection connection);

    /** Opens a writer. Only a runner that holds the acting lock may ask for one. Opening sends nothing. */
    Writer writer(Connection connection);

    /**
     * What the connection's credential must be allowed; empty if this connector does not know it in the system's own language.
     * It speaks for all kinds of its type. Asking for it sends nothing.
     */
    default Optional<Permissions> permissions(Connection connection, Usage usage) {
        return Optional.empty();
    }

    /**
     * Keeps the connection's credential from ending while nothing is sent, if it would. Who runs for long calls it now and
     * then.
     *
     * @throws ConnectorException if it could not be kept
     */
    default void keepAlive(Connection connection) {
        // most credentials do not end by themselves
    }

    /**
     * What undo can restore of this very resource after this action, as far as the listing and the step tell.
     *
     * @throws ConnectorException if it rests on a secret of the step that cannot be had for the moment
     */
    Reversible reversible(String action, Resource resource, Instructions instructions);

    /**
     * What else must be there for the resource to be put back to this state: what it depends on. Where a tripwire puts it back,
     * these come with it.
     */
    default List<ResourceRef> needs(ResourceRef resource, State before) {
        return List.of();
    }
}
