package dev.sweepback.job;

import dev.sweepback.connector.Handover;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.Scope;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One part of a job.
 *
 * @param needs names of the steps of the same job that come before it
 * @param connection the name of a connection in the settings
 * @param where which resources of the scope; empty for all of them
 * @param quarantine how long what was done is held, and what follows it
 * @param instructions what it says besides
 * @param irreversible whether it may also do what cannot be put back, if the policy allows that
 */
public record Step(
        String name,
        List<String> needs,
        String connection,
        String kind,
        Optional<Condition> where,
        String action,
        Optional<Quarantine> quarantine,
        Instructions instructions,
        boolean irreversible) {

    public Step {
        needs = List.copyOf(needs);
    }

    /** One that does only what can be put back. */
    public Step(
            String name,
            List<String> needs,
            String connection,
            String kind,
            Optional<Condition> where,
            String action,
            Optional<Quarantine> quarantine,
            Instructions instructions) {
        this(name, needs, connection, kind, where, action, quarantine, instructions, false);
    }

    public Scope scope() {
        return instructions.scope();
    }

    public Handover handover() {
        return instructions.handover();
    }

    /** The action that follows the quarantine, if one does. */
    public Optional<String> then() {
        return quarantine.flatMap(Quarantine::then);
    }

    /**
     * How long the resource is held after the action: put back by itself if its system tells that it is used.
     *
     * @param then the action that follows; without one it is held no longer then, and stays as it is
     */
    public record Quarantine(Duration duration, Optional<String> then) {}
}
