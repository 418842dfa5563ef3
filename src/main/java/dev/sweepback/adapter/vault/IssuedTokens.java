package dev.sweepback.adapter.vault;

import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Reversal;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens that undo issued, found by the reverting operation in their meta. Vault has no search, so the list of accessors is
 * read, and what is new in it is looked up: a token's meta never changes, so each token is looked at once for all
 * operations. For an operation that was announced after the list was read there can be none but those that this process
 * issued itself, and so the list is not read again for each of thousands. One for all readers and writers of a connection.
 */
final class IssuedTokens {

    /** Undo asks from threads of which there are as many as the connection may have requests under way. */
    private static final int THREADS = 4;

    private final Clock clock;

    /** Of every token that was listed last and was there: the operation in its meta, or nothing. */
    private final Map<String, String> operations = new HashMap<>();

    /** What this process began to issue and has not handed over. */
    private final Set<OperationId> begun = new HashSet<>();

    private Optional<Instant> listedAt = Optional.empty();

    /** @param clock the one that tells when operations are announced */
    IssuedTokens(Clock clock) {
        this.clock = clock;
    }

    /** From here on there may be tokens of this operation. */
    synchronized void begin(OperationId operation) {
        begun.add(operation);
    }

    /** What was issued is in its place: nothing of the operation is left behind. */
    synchronized void handedOver(OperationId operation) {
        begun.remove(operation);
    }

    /** The accessors of the operation's tokens. */
    synchronized List<String> of(Reversal reversal, VaultApi api) {
        if (isSurelyNone(reversal)) {
            return List.of();
        }
        Instant now = clock.instant();
        List<String> listed = api.accessors();
        operations.keySet().retainAll(new HashSet<>(listed));
        List<String> unknown = listed.stream()
                .filter(accessor -> !operations.containsKey(accessor))
                .toList();
        for (Token token : api.tokens(unknown, THREADS)) {
            operations.put(token.accessor(), token.meta().getOrDefault(Token.OPERATION, ""));
        }
        listedAt = Optional.of(now);
        return operations.entrySet().stream()
                .filter(entry -> reversal.operation().value().equals(entry.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** A clock that was set back, or an announcement from a time to come, proves nothing. */
    private boolean isSurelyNone(Reversal reversal) {
        return !begun.contains(reversal.operation())
                && listedAt.filter(reversal.announcedAt()::isAfter).isPresent()
                && !reversal.announcedAt().isAfter(clock.instant());
    }
}
