package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that Sweepback itself uses: of one connection, and of all others of the settings, which may lead to the same
 * Vault under any address. Asked for until it is known, then kept.
 */
final class OwnTokens {

    /**
     * What is known of them.
     *
     * @param reasons why a token is not touched, by accessor
     * @param any why no token at all may be touched; empty if the others may
     */
    record Known(Map<String, String> reasons, Optional<String> any) {
        Known {
            reasons = Map.copyOf(reasons);
        }
    }

    private final Connection connection;
    private final VaultApi api;
    private final Supplier<List<Connection>> all;
    private final Function<Connection, VaultApi> reading;
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
        Known answer = known;
        if (answer == null) {
            answer = ask();
            known = answer.any().isEmpty() ? answer : null;
        }
        return answer;
    }

    private Known ask() {
        Map<String, String> reasons = new HashMap<>();
        Optional<String> any = orphaned(connection, api.self());
        reasons.put(api.self().accessor(), "Sweepback's own token");
        for (Connection other : all.get()) {
            if (other.type().equals(connection.type()) && !other.name().equals(connection.name())) {
                Optional<String> danger = add(other, reasons);
                any = any.isPresent() ? any : danger;
            }
        }
        return new Known(reasons, any);
    }

    private Optional<String> add(Connection other, Map<String, String> reasons) {
        VaultApi.Self self;
        try {
            self = reading.apply(other).self();
        } catch (ConnectorException e) {
            return Optional.of("it may be the one that Sweepback's connection '" + other.name()
                    + "' uses, which could not be asked: " + e.getMessage() + "; " + e.remedy());
        }
        if (!self.accessor().isEmpty()) {
            reasons.putIfAbsent(self.accessor(), "the token of Sweepback's own connection '" + other.name() + "'");
        }
        return isOfThisVault(self) ? orphaned(other, self) : Optional.empty();
    }

    /** A batch token has no accessor to look for. */
    private boolean isOfThisVault(VaultApi.Self self) {
        return self.accessor().isEmpty() || api.token(self.accessor()).isPresent();
    }

    /** Vault does not tell a token's parent, and revoking that revokes the token. */
    private static Optional<String> orphaned(Connection connection, VaultApi.Self self) {
        return self.orphan()
                ? Optional.empty()
                : Optional.of("it may be the parent of the token that Sweepback's connection '" + connection.name()
                        + "' uses, which is no orphan and would go with it: give that connection an orphan token"
                        + " (vault token create -orphan)");
    }
}
