package dev.sweepback.connector;

import dev.sweepback.adapter.http.ReadList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a connector brings to the contract suite: itself, and a system with something in it. */
interface Bench extends AutoCloseable {

    Connector connector();

    /** The connection to the system, with the right credential. */
    Connection connection(Connection.Timeouts timeouts);

    /** A connection or scope that names a project, repository or mount that is not there. */
    Connection unknownPlace();

    /** The scope that holds what is seeded. */
    default Scope scope() {
        return Scope.WHOLE;
    }

    /** A scope of the right connection that names something which is not there; empty where a scope names nothing. */
    default Optional<Scope> unknownScope() {
        return Optional.empty();
    }

    /** Puts a resource into the system that uses every feature of its kind, and others beside it. */
    ResourceRef seed();

    /** Puts so many more resources into the scope. */
    void seedMany(int count);

    /** Changes the resource as somebody else does, after the action; false where that cannot be. */
    boolean changeByHand(String action, ResourceRef resource);

    /** What the connector's readers may send. */
    ReadList reads();

    ObjectNode dump();

    /** How many changes the system has been asked for so far, by its own record. */
    long changes();

    /** Texts that no message may hold: tokens, addresses that are credentials. */
    List<String> secrets();

    /** Whether a request changes something at this system. */
    default boolean isWrite(String method, String path) {
        return !method.equals("GET");
    }

    /** Whether undo brought back what it promises: everything, or for the weaker classes what can be. */
    default boolean restored(String action, State before, State now) {
        return now.sameAs(before);
    }

    /** The part of the system's state that undo of this action promises to bring back. */
    default JsonNode promised(String action, ObjectNode dump) {
        dump.forEach(entry -> {
            if (entry instanceof ObjectNode object) {
                object.remove("bookkeeping");
            }
        });
        return dump;
    }

    default Handover handover() {
        return Handover.LOCAL;
    }

    /** What the step says besides the action. */
    default Instructions instructions() {
        return new Instructions(Scope.WHOLE, handover(), Optional.empty(), false);
    }

    /** How an unknown place shows itself. */
    default Set<ConnectorException.Kind> kindsOfUnknownPlace() {
        return Set.of(ConnectorException.Kind.NOT_FOUND);
    }

    @Override
    void close();
}
