package dev.sweepback.adapter.vault;

import dev.sweepback.connector.OperationId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The tokens that undo issued, found by the reverting operation in their meta. Vault has no search, so the list of accessors is
 * read whenever an operation is asked for, and what is new in it is looked up: a token's meta never changes, so each token is
 * looked at once for all operations. One for all readers and writers of a connection.
 */
final class IssuedTokens {

    /** Of every token that was listed last and was there: the operation in its meta, or nothing. */
    private final Map<String, String> operations = new HashMap<>();

    /** The accessors of the operation's tokens. */
    synchronized List<String> of(OperationId operation, VaultApi api) {
        List<String> listed = api.accessors();
        operations.keySet().retainAll(new HashSet<>(listed));
        List<String> unknown = listed.stream()
                .filter(accessor -> !operations.containsKey(accessor))
                .toList();
        for (Token token : api.tokens(unknown)) {
            operations.put(token.accessor(), token.meta().getOrDefault(Token.OPERATION, ""));
        }
        return operations.entrySet().stream()
                .filter(entry -> operation.value().equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
