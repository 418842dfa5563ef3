package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Writer;
import java.util.List;

/** Nothing in Vault keeps a token from revoking itself or a root token, so this does, whatever a plan says. */
final class TokenWriter implements Writer {

    private final Connection connection;
    private final VaultApi api;
    private final Reissuer reissuer;
    private final OwnTokens own;

    TokenWriter(Connection connection, VaultApi api, Reissuer reissuer, OwnTokens own) {
        this.connection = connection;
        this.api = api;
        this.reissuer = reissuer;
        this.own = own;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return orders.stream()
                .map(order -> Answers.of(() -> revoke(order.resource().id())))
                .toList();
    }

    /** What is asked here again is what the plan was made from: only the token as it is now counts. */
    private void revoke(String accessor) {
        api.token(accessor).ifPresent(token -> {
            token.untouchable(own.get()).ifPresent(reason -> {
                throw new ConnectorException(
                        Kind.REJECTED, connection.name(), "the token was not revoked: " + reason, "leave it out");
            });
            api.revokeToken(accessor);
        });
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return reversals.stream()
                .map(reversal -> Answers.of(() -> reissue(reversal)))
                .toList();
    }

    private void reissue(Reversal reversal) {
        if (api.token(reversal.resource().id()).isPresent()) {
            throw Answers.stillThere(connection, reversal);
        }
        reissuer.token(reversal);
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
