package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * Archives flags and restores them. Each change is bound to the version of the very answer that was compared, so nothing that
 * somebody else wrote in between is written over.
 */
final class LaunchDarklyWriter implements Writer {

    private final LaunchDarklyApi api;

    LaunchDarklyWriter(LaunchDarklyApi api) {
        this.api = api;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return orders.stream().map(order -> Answer.of(() -> apply(order))).toList();
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return reversals.stream()
                .map(reversal -> Answer.of(() -> revert(reversal)))
                .toList();
    }

    private Answer apply(Order order) {
        Optional<JsonNode> flag = api.flag(order.resource().id());
        if (flag.isEmpty()) {
            return Answer.Accepted.plain();
        }
        State now = FlagState.of(flag.get());
        if (now.sameAs(FlagState.withArchived(order.before(), true))) {
            return Answer.Accepted.plain();
        }
        if (!now.sameAs(order.before())) {
            throw conflict(order, "was changed meanwhile");
        }
        return Answer.Accepted.of(set(order, flag.get(), true).requestId());
    }

    private Answer revert(Reversal reversal) {
        JsonNode flag = api.flag(reversal.resource().id()).orElseThrow(() -> conflict(reversal, "is gone"));
        State now = FlagState.of(flag);
        if (now.sameAs(reversal.before())) {
            return Answer.Accepted.plain();
        }
        if (!now.sameAs(reversal.after())) {
            throw conflict(reversal, "was changed meanwhile");
        }
        Response response = set(reversal, flag, FlagState.isArchived(reversal.before()));
        if (response.status() == 404) {
            throw conflict(reversal, "is gone");
        }
        return Answer.Accepted.of(response.requestId());
    }

    /** @return the answer; a 404 only if the flag is gone */
    private Response set(Task task, JsonNode flag, boolean archived) {
        String key = task.resource().id();
        Response response = api.setArchived(key, flag.path("_version"), archived);
        if (response.status() == 404 && api.flag(key).isPresent()) {
            throw api.failure(
                    Kind.FORBIDDEN,
                    "LaunchDarkly answers the change of flag " + key + " with 404, and still has the flag",
                    "check that the token may update flags, not only read them");
        }
        return response;
    }

    private ConnectorException conflict(Task task, String what) {
        return api.failure(
                Kind.CONFLICT,
                "flag " + task.resource().id() + " " + what + "; it was left alone",
                "look at the flag in LaunchDarkly and decide by hand");
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
