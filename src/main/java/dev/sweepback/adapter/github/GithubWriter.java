package dev.sweepback.adapter.github;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** Disables and removes hooks, and puts them back. */
final class GithubWriter implements Writer {

    private final GithubApi api;
    private final HookLook look;

    GithubWriter(GithubApi api, HookResources hooks) {
        this.api = api;
        this.look = new HookLook(api, hooks);
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return orders.stream().map(order -> answer(() -> apply(order))).toList();
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return reversals.stream()
                .map(reversal -> answer(() -> revert(reversal)))
                .toList();
    }

    private static Answer answer(Supplier<Answer> part) {
        try {
            return part.get();
        } catch (ConnectorException e) {
            return new Answer.Failed(e);
        }
    }

    private Answer apply(Order order) {
        String id = order.resource().id();
        if (order.action().equals(GithubWebhooks.DISABLE)) {
            return accepted(api.setActive(id, false));
        }
        Response response = api.remove(id);
        if (response.status() == 404 && api.hook(id).isPresent()) {
            throw api.failure(
                    Kind.FORBIDDEN,
                    "GitHub answers the removal of hook " + id + " with 404, and still lists the hook",
                    "check that the token may write webhooks, not only read them");
        }
        return accepted(response);
    }

    private Answer revert(Reversal reversal) {
        Optional<JsonNode> hook = api.hook(reversal.resource().id());
        if (hook.isPresent()) {
            return present(reversal, HookState.of(hook.get()));
        }
        if (!reversal.action().equals(GithubWebhooks.REMOVE)) {
            throw conflict(reversal, "is gone");
        }
        List<JsonNode> alike = look.alike(reversal.before());
        if (alike.isEmpty()) {
            return accepted(api.create(HookState.creation(reversal.before())));
        }
        if (alike.stream().noneMatch(it -> HookLook.isOurs(reversal, it))) {
            throw conflict(reversal, "has been replaced by another one with the same address, form and events");
        }
        return Answer.Accepted.plain();
    }

    private Answer present(Reversal reversal, State now) {
        if (HookState.isStill(reversal.before(), now)) {
            return Answer.Accepted.plain();
        }
        if (!HookState.isStill(reversal.after(), now)) {
            throw conflict(reversal, "was changed meanwhile");
        }
        return accepted(api.setActive(reversal.resource().id(), HookState.isActive(reversal.before())));
    }

    private ConnectorException conflict(Reversal reversal, String what) {
        return api.failure(
                Kind.CONFLICT,
                "hook " + reversal.resource().id() + " " + what + "; it was left alone",
                "look at the repository's webhooks and decide by hand");
    }

    private static Answer accepted(Response response) {
        return new Answer.Accepted(response.header("x-github-request-id"));
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
