package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import java.util.List;
import java.util.Optional;

/**
 * How far giving a secret-id back has come.
 *
 * @param secretId what stands in for it, once that is done
 */
record ReissuedSecretId(Progress progress, Optional<SecretId> secretId) {

    /**
     * Restored by its value, or handed over, and alive is done; issued without a hand-over is partly done, because nobody can
     * have it; neither is not begun.
     */
    static ReissuedSecretId look(
            Reversal reversal, AppRoleName role, AppRoleApi api, HandoverLookup handovers, IssuedSecretIds issued) {
        boolean restores = reversal.instructions().secretRef().isPresent();
        if (!restores) {
            Optional<SecretId> handedOver = handedOver(reversal, role, api, handovers);
            if (handedOver.isPresent()) {
                return new ReissuedSecretId(Progress.DONE, handedOver);
            }
        }
        List<SecretIdAddress> made = issued.of(reversal.operation(), role, api);
        if (made.isEmpty()) {
            return new ReissuedSecretId(Progress.NOT_BEGUN, Optional.empty());
        }
        return restores
                ? new ReissuedSecretId(Progress.DONE, api.secretId(made.get(0)))
                : new ReissuedSecretId(Progress.PARTLY, Optional.empty());
    }

    /** The secret-id of this very operation that was handed over and is there. */
    static Optional<SecretId> handedOver(
            Reversal reversal, AppRoleName role, AppRoleApi api, HandoverLookup handovers) {
        return handovers
                .find(reversal.instructions().handover(), reversal.operation())
                .flatMap(accessor -> api.secretId(new SecretIdAddress(role, accessor)))
                .filter(found ->
                        reversal.operation().value().equals(found.metadata().get(Token.OPERATION)));
    }
}
