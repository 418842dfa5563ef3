package dev.sweepback.adapter.vault;

import dev.sweepback.connector.HandedOver;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import java.util.List;
import java.util.Optional;

/**
 * How far giving a secret-id back has come.
 *
 * @param secretId what stands in for it, once that is done
 * @param handedOver where it lies; empty for one that was restored by its value
 */
record ReissuedSecretId(Progress progress, Optional<SecretId> secretId, Optional<HandedOver> handedOver) {

    /**
     * Restored by its value, or handed over, and alive is done; issued without a hand-over is partly done, because nobody can
     * have it; neither is not begun.
     */
    static ReissuedSecretId look(
            Reversal reversal, AppRoleName role, AppRoleApi api, HandoverLookup handovers, IssuedSecretIds issued) {
        boolean restores = reversal.instructions().secretRef().isPresent();
        if (!restores) {
            Optional<Left> left = left(reversal, handovers);
            Optional<SecretId> there = left.flatMap(found -> there(found, reversal, role, api));
            if (there.isPresent()) {
                return new ReissuedSecretId(Progress.DONE, there, left.map(Left::handedOver));
            }
        }
        List<SecretIdAddress> made = issued.of(reversal.operation(), role, api);
        if (made.isEmpty()) {
            return new ReissuedSecretId(Progress.NOT_BEGUN, Optional.empty(), Optional.empty());
        }
        return restores
                ? new ReissuedSecretId(Progress.DONE, api.secretId(made.get(0)), Optional.empty())
                : new ReissuedSecretId(Progress.PARTLY, Optional.empty(), Optional.empty());
    }

    /** Whether a secret-id of this very operation was handed over and is there. */
    static boolean isHandedOver(Reversal reversal, AppRoleName role, AppRoleApi api, HandoverLookup handovers) {
        return left(reversal, handovers)
                .flatMap(left -> there(left, reversal, role, api))
                .isPresent();
    }

    private static Optional<Left> left(Reversal reversal, HandoverLookup handovers) {
        return handovers.find(reversal.instructions().handover(), reversal.operation());
    }

    private static Optional<SecretId> there(Left left, Reversal reversal, AppRoleName role, AppRoleApi api) {
        return api.secretId(new SecretIdAddress(role, left.accessor()))
                .filter(found ->
                        reversal.operation().value().equals(found.metadata().get(Token.OPERATION)));
    }
}
