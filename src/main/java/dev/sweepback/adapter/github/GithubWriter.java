package dev.sweepback.adapter.github;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Disables and removes hooks, and puts them back. */
final class GithubWriter implements Writer {

    private final GithubApi api;
    private final HookLook look;
    private final CreatedHooks created;
    private final Secrets secrets;

    GithubWriter(GithubApi api, HookLook look, CreatedHooks created, Secrets secrets) {
        this.api = api;
        this.look = look;
        this.created = created;
        this.secrets = secrets;
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
        boolean disable = order.action().equals(GithubWebhooks.DISABLE);
        Response response = disable ? api.setActive(id, false) : api.remove(id);
        requireGone(response, id);
        return accepted(response);
    }

    /** GitHub answers with 404 also what the token may not do. */
    private void requireGone(Response response, String id) {
        if (response.status() == 404 && api.hook(id).isPresent()) {
            throw api.failure(
                    Kind.FORBIDDEN,
                    "GitHub answers the change of hook " + id + " with 404, and still lists the hook",
                    "check that the token may write webhooks, not only read them");
        }
    }

    private Answer revert(Reversal reversal) {
        Optional<JsonNode> hook = api.hook(reversal.resource().id());
        if (hook.isPresent()) {
            return present(reversal, HookState.of(hook.get()));
        }
        if (!reversal.action().equals(GithubWebhooks.REMOVE)) {
            throw conflict(reversal, "is gone");
        }
        return switch (look.recreated(reversal).progress()) {
            case NOT_BEGUN -> create(reversal);
            case DONE -> Answer.Accepted.plain();
            default ->
                throw conflict(reversal, "has been replaced by another one with the same address, form and events");
        };
    }

    private Answer create(Reversal reversal) {
        ObjectNode body = HookState.creation(reversal.before());
        // resolved for this one request, and kept nowhere
        HookState.secretOf(reversal)
                .ifPresent(reference -> body.withObject("config")
                        .put("secret", secrets.resolve(reference).reveal()));
        Response response = api.create(body);
        response.json()
                .ifPresent(hook ->
                        created.add(reversal.operation(), hook.path("id").asString()));
        return accepted(response);
    }

    private Answer present(Reversal reversal, State now) {
        if (HookState.isStill(reversal.before(), now)) {
            return Answer.Accepted.plain();
        }
        if (!HookState.isStill(reversal.after(), now)) {
            throw conflict(reversal, "was changed meanwhile");
        }
        String id = reversal.resource().id();
        Response response = api.setActive(id, HookState.isActive(reversal.before()));
        requireGone(response, id);
        if (response.status() == 404) {
            throw conflict(reversal, "is gone");
        }
        return accepted(response);
    }

    private ConnectorException conflict(Reversal reversal, String what) {
        return api.failure(
                Kind.CONFLICT,
                "hook " + reversal.resource().id() + " " + what + "; it was left alone",
                "look at the webhooks of the " + api.owner().noun() + " and decide by hand");
    }

    private static Answer accepted(Response response) {
        return Answer.Accepted.of(response.requestId());
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
