package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Nothing in Vault keeps a token from revoking itself or a root token, so this does, whatever a plan says. What goes along is
 * looked for once before and once after a batch, as each list is of all that lives: it may have gone along with any of the
 * batch.
 */
final class TokenWriter implements Writer {

    private static final Logger LOG = LoggerFactory.getLogger(TokenWriter.class);

    private final Connection connection;
    private final VaultApi api;
    private final Reissuer reissuer;
    private final OwnTokens own;
    private final Collateral collateral;

    TokenWriter(Connection connection, VaultApi api, Reissuer reissuer, OwnTokens own) {
        this.connection = connection;
        this.api = api;
        this.reissuer = reissuer;
        this.own = own;
        this.collateral = new Collateral(connection.name(), api);
    }

    /** Nothing is revoked where it cannot be seen what goes along. */
    @Override
    public List<Answer> apply(List<Order> orders) {
        Collateral.Living before;
        try {
            before = collateral.living();
        } catch (ConnectorException e) {
            return orders.stream().map(order -> (Answer) new Answer.Failed(e)).toList();
        }
        Set<Order> sent = ConcurrentHashMap.newKeySet();
        List<Answer> answers =
                InParallel.map(connection.concurrency(), orders, order -> Answers.of(() -> revoke(order, sent)));
        Answer.Accepted taken = sent.isEmpty() ? Answer.Accepted.plain() : taken(before, orders);
        List<Answer> complete = new ArrayList<>();
        for (int index = 0; index < orders.size(); index++) {
            boolean revoked = sent.contains(orders.get(index));
            complete.add(
                    revoked && answers.get(index) instanceof Answer.Accepted accepted
                            ? new Answer.Accepted(accepted.requestId(), taken.taken(), taken.unseen())
                            : answers.get(index));
        }
        return complete;
    }

    /** What is asked here again is what the plan was made from: only the token as it is now counts. */
    private Optional<String> revoke(Order order, Set<Order> sent) {
        String accessor = order.resource().id();
        Optional<Token> token = api.token(accessor);
        if (token.isEmpty()) {
            return Optional.empty();
        }
        token.get().untouchable(own.get()).ifPresent(reason -> {
            throw refused(reason, "leave it out");
        });
        token.get()
                .collateral()
                .filter(unused -> !order.instructions().acceptsCollateral())
                .ifPresent(reason -> {
                    throw refused(reason, "let the step say 'collateral: accept', or leave it out");
                });
        sent.add(order);
        return api.revokeToken(accessor);
    }

    private ConnectorException refused(String reason, String remedy) {
        return new ConnectorException(Kind.REJECTED, connection.name(), "the token was not revoked: " + reason, remedy);
    }

    /** The tokens are revoked by now, so a list that fails takes nothing back: what went along is not known then. */
    private Answer.Accepted taken(Collateral.Living before, List<Order> orders) {
        Set<String> revoked =
                orders.stream().map(order -> order.resource().id()).collect(Collectors.toSet());
        try {
            Collateral.Living after = collateral.living();
            return new Answer.Accepted(
                    Optional.empty(), collateral.gone(before, after, revoked), Collateral.unseen(before, after));
        } catch (ConnectorException e) {
            LOG.warn("what went along with {} revoked tokens is not recorded: {}", orders.size(), e.getMessage());
            return new Answer.Accepted(Optional.empty(), List.of(), Optional.of("what went along: " + e.getMessage()));
        }
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return InParallel.map(connection.concurrency(), reversals, reversal -> Answers.of(() -> reissue(reversal)));
    }

    private Optional<String> reissue(Reversal reversal) {
        if (api.token(reversal.resource().id()).isPresent()) {
            throw Answers.stillThere(connection, reversal);
        }
        return reissuer.token(reversal);
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
