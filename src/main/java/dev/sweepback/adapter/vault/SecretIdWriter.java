package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Nothing in Vault keeps Sweepback from destroying what it logs in with, so this does, whatever a plan says. */
final class SecretIdWriter implements Writer {

    private final Connection connection;
    private final AppRoleApi api;
    private final Secrets secrets;
    private final SecretIdReissuer reissuer;
    private final Supplier<OwnSecretIds.Known> own;

    SecretIdWriter(
            Connection connection,
            AppRoleApi api,
            Secrets secrets,
            SecretIdReissuer reissuer,
            Supplier<OwnSecretIds.Known> own) {
        this.connection = connection;
        this.api = api;
        this.secrets = secrets;
        this.reissuer = reissuer;
        this.own = own;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return orders.stream().map(order -> Answers.of(() -> destroy(order))).toList();
    }

    /** Looked up first: of an accessor of another role Vault says, too, that it was destroyed. */
    private Optional<String> destroy(Order order) {
        SecretIdAddress address = SecretIdAddress.of(order.resource());
        if (api.secretId(address).isEmpty()) {
            return Optional.empty();
        }
        Optional<String> reason = own.get().untouchable(address);
        if (reason.isPresent()) {
            throw refused(reason.get(), "leave it out");
        }
        order.instructions().secretRef().ifPresent(reference -> requireItsValue(address, reference));
        return api.destroy(address);
    }

    /** Once it is gone nobody can tell its value any more, and undo would make another one a secret-id. */
    private void requireItsValue(SecretIdAddress address, SecretRef reference) {
        boolean same = api.accessorOf(address.role(), secrets.resolve(reference))
                .filter(address.accessor()::equals)
                .isPresent();
        if (!same) {
            throw refused(
                    "what secretRef " + reference + " refers to is not its value",
                    "let secretRef refer to the secret-id that the step selects, and select this one alone; or leave"
                            + " secretRef out, so that undo issues another one");
        }
    }

    private ConnectorException refused(String reason, String remedy) {
        return new ConnectorException(
                Kind.REJECTED, connection.name(), "the secret-id was not revoked: " + reason, remedy);
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return reversals.stream()
                .map(reversal -> Answers.of(() -> giveBack(reversal)))
                .toList();
    }

    private Optional<String> giveBack(Reversal reversal) {
        SecretIdAddress address = SecretIdAddress.of(reversal.resource());
        if (api.secretId(address).isPresent()) {
            throw Answers.stillThere(connection, reversal);
        }
        return reissuer.giveBack(reversal, address.role());
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
