package dev.sweepback.adapter.vault;

import dev.sweepback.connector.OperationId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that undo issued, found by the reverting operation in their meta. Vault has no search, so all tokens are looked
 * at, once for many operations: an operation that is asked for again may have issued since, and is looked for anew.
 */
final class IssuedTokens {

    private final VaultApi api;
    private final Set<OperationId> asked = new HashSet<>();
    private @Nullable List<Token> seen;

    IssuedTokens(VaultApi api) {
        this.api = api;
    }

    synchronized List<Token> of(OperationId operation) {
        List<Token> tokens = seen;
        if (tokens == null || !asked.add(operation)) {
            tokens = api.tokens().stream()
                    .filter(token -> token.meta().containsKey(Token.OPERATION))
                    .toList();
            seen = tokens;
            asked.add(operation);
        }
        return tokens.stream()
                .filter(token -> operation.value().equals(token.meta().get(Token.OPERATION)))
                .toList();
    }
}
