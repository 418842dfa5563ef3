package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that Sweepback itself uses: of one connection, and of all others of the settings, which may lead to the same
 * Vault under any address. A login can give a connection another token at any time, so each answer is of the tokens in use
 * then; Vault is asked anew only where one of them changed, or could not be told.
 */
final class OwnTokens {

    /**
     * What is known of them.
     *
     * @param reasons why a token is not touched, by accessor
     * @param any why no token at all may be touched; empty if the others may
     * @param unread why another connection cannot be asked for the moment
     */
    record Known(Map<String, String> reasons, Optional<String> any, Optional<ConnectorException> unread) {
        Known {
            reasons = Map.copyOf(reasons);
        }

        /** @throws ConnectorException if a connection could not be asked for the moment: what rests on it says nothing then */
        Known told() {
            unread.ifPresent(error -> {
                throw error;
            });
            return this;
        }
    }

    private final Connection connection;
    private final VaultApi api;
    private final Supplier<List<Connection>> all;
    private final Function<Connection, VaultApi> reading;
    private List<Self> asked = List.of();
    private @Nullable Known known;

    /** @param all the connections of the settings */
    OwnTokens(
            Connection connection,
            VaultApi api,
            Supplier<List<Connection>> all,
            Function<Connection, VaultApi> reading) {
        this.connection = connection;
        this.api = api;
        this.all = all;
        this.reading = reading;
    }

    /** @throws ConnectorException if this connection's own token cannot be asked for */
    synchronized Known get() {
        Self self = api.self();
        Map<Connection, Self> others = new LinkedHashMap<>();
        Optional<String> silent = Optional.empty();
        Optional<ConnectorException> unread = Optional.empty();
        for (Connection other : others()) {
            try {
                others.put(other, reading.apply(other).self());
            } catch (ConnectorException e) {
                silent = Optional.of("it may be the one that Sweepback's connection '" + other.name()
                        + "' uses, which could not be asked: " + e.getMessage() + "; " + e.remedy());
                unread = unread.or(() -> Unasked.of(other, e));
            }
        }
        List<Self> now = new ArrayList<>(others.values());
        now.add(self);
        Known answer = known;
        if (answer == null || !now.equals(asked)) {
            answer = ask(self, others);
            known = answer;
            asked = now;
        }
        return answer.any().isPresent() ? answer : new Known(answer.reasons(), silent, unread);
    }

    private List<Connection> others() {
        return all.get().stream()
                .filter(other ->
                        other.type().equals(connection.type()) && !other.name().equals(connection.name()))
                .toList();
    }

    private Known ask(Self self, Map<Connection, Self> others) {
        Map<String, String> reasons = new HashMap<>();
        reasons.put(self.accessor(), "Sweepback's own token");
        Optional<String> any = orphaned(connection, self);
        for (Map.Entry<Connection, Self> other : others.entrySet()) {
            Optional<String> danger = add(other.getKey(), other.getValue(), reasons);
            any = any.isPresent() ? any : danger;
        }
        return new Known(reasons, any, Optional.empty());
    }

    private Optional<String> add(Connection other, Self self, Map<String, String> reasons) {
        if (!self.accessor().isEmpty()) {
            reasons.putIfAbsent(self.accessor(), "the token of Sweepback's own connection '" + other.name() + "'");
        }
        return isOfThisVault(self) ? orphaned(other, self) : Optional.empty();
    }

    /** A batch token has no accessor to look for. */
    private boolean isOfThisVault(Self self) {
        return self.accessor().isEmpty() || api.token(self.accessor()).isPresent();
    }

    /** Vault does not tell a token's parent, and revoking that revokes the token. */
    private static Optional<String> orphaned(Connection connection, Self self) {
        return self.orphan()
                ? Optional.empty()
                : Optional.of("it may be the parent of the token that Sweepback's connection '" + connection.name()
                        + "' uses, which is no orphan and would go with it: give that connection an orphan token"
                        + " (vault token create -orphan)");
    }
}
