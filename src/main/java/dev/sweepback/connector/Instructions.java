package dev.sweepback.connector;

import java.util.Optional;

/**
 * What a step says about its operations besides the action. Goes with every operation, also into its undo.
 *
 * @param scope the part of the connection that the step lists
 * @param handover where a credential is left that undo issues again
 * @param secretRef the secret that undo gives back to what it re-creates, where the system does not show it
 * @param acceptsCollateral whether the action may take along what depends on the resource
 */
public record Instructions(Scope scope, Handover handover, Optional<SecretRef> secretRef, boolean acceptsCollateral) {

    /** A step that says nothing more. */
    public static final Instructions NONE = new Instructions(Scope.WHOLE, Handover.LOCAL, Optional.empty(), false);
}
