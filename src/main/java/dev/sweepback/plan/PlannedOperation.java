package dev.sweepback.plan;

import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversibility;
import dev.sweepback.connector.Use;
import dev.sweepback.job.Step;
import java.util.List;
import java.util.Optional;

/**
 * One operation of a plan.
 *
 * @param stage operations of one stage may go side by side; stages follow one another
 * @param needs steps without whose success this one is not begun
 * @param name the resource as people know it
 * @param sign how a plan marks it: {@code -} removes, {@code ~} disables, {@code +} puts back
 * @param reversibility the weakest of the action and of what follows a quarantine
 * @param lost the fields that will differ after undo
 * @param fingerprint of the resource as planned: it is skipped if it has changed since
 * @param population the key of the population it was chosen from
 * @param use what its system told about its use when the plan was made; empty for a revert
 * @param of the earlier operation that this one takes back, or continues after a quarantine
 */
public record PlannedOperation(
        OperationId id,
        int stage,
        String step,
        List<String> needs,
        ResourceRef ref,
        String name,
        String action,
        char sign,
        Reversibility reversibility,
        List<String> lost,
        String reason,
        String fingerprint,
        String population,
        Optional<Step.Quarantine> quarantine,
        Instructions instructions,
        Optional<Use> use,
        Optional<OperationId> of) {

    public PlannedOperation {
        needs = List.copyOf(needs);
        lost = List.copyOf(lost);
    }

    /** The action that follows a quarantine, if one does. */
    public Optional<String> then() {
        return quarantine.flatMap(Step.Quarantine::then);
    }

    /** The same on the resource under another address: re-creating gave it one. */
    public PlannedOperation at(ResourceRef address) {
        return new PlannedOperation(
                id,
                stage,
                step,
                needs,
                address,
                name,
                action,
                sign,
                reversibility,
                lost,
                reason,
                fingerprint,
                population,
                quarantine,
                instructions,
                use,
                of);
    }
}
