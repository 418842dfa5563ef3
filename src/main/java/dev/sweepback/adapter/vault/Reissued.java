package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import java.util.Optional;

/**
 * How far issuing again has come.
 *
 * @param token the token whose life is the credential's, once it is handed over
 */
record Reissued(Progress progress, Optional<Token> token) {

    /**
     * Handed over and alive is done; issued without a hand-over is partly done, because nobody can have it; neither is not
     * begun. Tokens are looked through only if there is no hand-over.
     */
    static Reissued look(Reversal reversal, VaultApi api, HandoverLookup handovers, IssuedTokens issued) {
        Optional<Token> handedOver = handedOver(reversal, api, handovers);
        if (handedOver.isPresent()) {
            return new Reissued(Progress.DONE, handedOver);
        }
        boolean unclaimed = !issued.of(reversal, api).isEmpty();
        return new Reissued(unclaimed ? Progress.PARTLY : Progress.NOT_BEGUN, Optional.empty());
    }

    /** The token of this very operation that was handed over and lives. */
    static Optional<Token> handedOver(Reversal reversal, VaultApi api, HandoverLookup handovers) {
        return handovers
                .find(reversal.instructions().handover(), reversal.operation())
                .flatMap(api::token)
                .filter(token ->
                        reversal.operation().value().equals(token.meta().get(Token.OPERATION)));
    }
}
