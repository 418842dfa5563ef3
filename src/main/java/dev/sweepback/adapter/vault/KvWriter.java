package dev.sweepback.adapter.vault;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Vault binds no deletion to what was read, so each key is read right before: what somebody wrote meanwhile stays.
 */
final class KvWriter implements Writer {

    private final Connection connection;
    private final KvApi api;
    private final KvResources resources;
    private final Clock clock;

    KvWriter(Connection connection, KvApi api, KvResources resources, Clock clock) {
        this.connection = connection;
        this.api = api;
        this.resources = resources;
        this.clock = clock;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return orders.stream().map(order -> Answers.of(() -> remove(order))).toList();
    }

    private Optional<String> remove(Order order) {
        KvPath path = path(order);
        resources.untouchable(path).ifPresent(reason -> {
            throw new ConnectorException(
                    Kind.REJECTED, connection.name(), "'" + path + "' was not removed: " + reason, "leave it out");
        });
        return switch (KvChange.progress(order, now(path), clock.instant())) {
            case DONE -> Optional.empty();
            case NOT_BEGUN ->
                path.mount().versioned() ? api.deleteVersions(path, KvChange.toDelete(order)) : api.deletePlain(path);
            case PARTLY, FOREIGN, UNKNOWN -> throw changed("'" + path + "' was not removed");
        };
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return reversals.stream()
                .map(reversal -> Answers.of(() -> putBack(reversal)))
                .toList();
    }

    private Optional<String> putBack(Reversal reversal) {
        KvPath path = path(reversal);
        return switch (KvChange.progress(reversal, now(path), clock.instant())) {
            case DONE -> Optional.empty();
            case NOT_BEGUN ->
                path.mount().versioned()
                        ? api.undeleteVersions(path, KvChange.toUndelete(reversal))
                        : api.writePlain(
                                path,
                                reversal.before().content().path(KvPlain.VALUE).asString());
            case PARTLY, FOREIGN, UNKNOWN -> throw changed("'" + path + "' was not put back");
        };
    }

    /** A mount that got versions since the snapshot has another meaning for the same request. */
    private KvPath path(Task task) {
        KvPath path = api.path(task.resource().id());
        if (KvChange.versioned(task.before()) != path.mount().versioned()) {
            throw new ConnectorException(
                    Kind.CONFLICT,
                    connection.name(),
                    "mount '" + path.mount().path() + "' has another version now than in the snapshot of " + path,
                    "put it right by hand");
        }
        return path;
    }

    private State now(KvPath path) {
        return api.key(path).map(KvKey::state).orElse(State.ABSENT);
    }

    private ConnectorException changed(String what) {
        return new ConnectorException(
                Kind.CONFLICT, connection.name(), what + ": somebody has changed it since", "leave it as it is");
    }

    @Override
    public void close() {
        // the client belongs to all readers and writers of the connection
    }
}
