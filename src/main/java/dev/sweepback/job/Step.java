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
 * @param then what follows the action after a quarantine
 * @param instructions what it says besides
 */
public record Step(
        String name,
        List<String> needs,
        String connection,
        String kind,
        Optional<Condition> where,
        String action,
        Optional<Then> then,
        Instructions instructions) {

    public Step {
        needs = List.copyOf(needs);
    }

    public Scope scope() {
        return instructions.scope();
    }

    public Handover handover() {
        return instructions.handover();
    }

    /** The second action of a quarantine, and how long it waits after the first. */
    public record Then(Duration quarantine, String action) {}
}
