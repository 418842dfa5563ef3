package dev.sweepback.adapter.vault;

import dev.sweepback.connector.HandedOver;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import java.util.Optional;

/**
 * How far issuing again has come.
 *
 * @param token the token whose life is the credential's, once it is handed over
 * @param handedOver where it lies
 */
record Reissued(Progress progress, Optional<Token> token, Optional<HandedOver> handedOver) {

    /**
     * Handed over and alive is done; issued without a hand-over is partly done, because nobody can have it; neither is not
     * begun. Tokens are looked through only if there is no hand-over.
     */
    static Reissued look(Reversal reversal, VaultApi api, HandoverLookup handovers, IssuedTokens issued) {
        Optional<Left> left = left(reversal, handovers);
        Optional<Token> token = left.flatMap(found -> living(found, reversal, api));
        if (token.isPresent()) {
            return new Reissued(Progress.DONE, token, left.map(Left::handedOver));
        }
        boolean unclaimed = !issued.of(reversal, api).isEmpty();
        return new Reissued(unclaimed ? Progress.PARTLY : Progress.NOT_BEGUN, Optional.empty(), Optional.empty());
    }

    /** Whether a token of this very operation was handed over and lives. */
    static boolean isHandedOver(Reversal reversal, VaultApi api, HandoverLookup handovers) {
        return left(reversal, handovers)
                .flatMap(left -> living(left, reversal, api))
                .isPresent();
    }

    private static Optional<Left> left(Reversal reversal, HandoverLookup handovers) {
        return handovers.find(reversal.instructions().handover(), reversal.operation());
    }

    private static Optional<Token> living(Left left, Reversal reversal, VaultApi api) {
        return api.token(left.accessor())
                .filter(token ->
                        reversal.operation().value().equals(token.meta().get(Token.OPERATION)));
    }
}
