package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Optional;

final class LeaseWriter implements Writer {

    private final Connection connection;
    private final VaultApi api;
    private final Reissuer reissuer;

    LeaseWriter(Connection connection, VaultApi api, Reissuer reissuer) {
        this.connection = connection;
        this.api = api;
        this.reissuer = reissuer;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return orders.stream()
                .map(order -> Answers.of(() -> revoke(order.resource().id())))
                .toList();
    }

    private Optional<String> revoke(String id) {
        Lease.untouchable(id).ifPresent(reason -> {
            throw new ConnectorException(
                    Kind.REJECTED, connection.name(), "the lease was not revoked: " + reason, "leave it out");
        });
        return api.revokeLease(id);
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return reversals.stream()
                .map(reversal -> Answers.of(() -> reissue(reversal)))
                .toList();
    }

    private Optional<String> reissue(Reversal reversal) {
        if (api.lease(reversal.resource().id()).isPresent()) {
            throw Answers.stillThere(connection, reversal);
        }
        return reissuer.lease(reversal);
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
