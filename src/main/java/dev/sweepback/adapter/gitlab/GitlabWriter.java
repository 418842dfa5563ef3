package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Disables and removes hooks, and puts them back. A hook is read right before it is changed: an address that somebody changed
 * meanwhile would be written over, and the token lost with it.
 */
final class GitlabWriter implements Writer {

    private final GitlabApi api;
    private final HookLook look;
    private final CreatedHooks created;
    private final Secrets secrets;

    GitlabWriter(GitlabApi api, HookLook look, CreatedHooks created, Secrets secrets) {
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
        State now = api.hook(id).map(HookState::of).orElse(State.ABSENT);
        Progress progress = HookLook.progress(order, now);
        if (progress == Progress.DONE) {
            return Answer.Accepted.plain();
        }
        if (progress != Progress.NOT_BEGUN) {
            throw conflict(order, "was changed meanwhile");
        }
        Response response = order.action().equals(GitlabWebhooks.DISABLE)
                ? api.change(id, HookState.change(HookState.disabled(order.before())))
                : remove(order);
        requireGone(response, id);
        return accepted(response);
    }

    private Response remove(Order order) {
        if (HookState.needsVariables(order.before())) {
            throw api.failure(
                    Kind.REJECTED,
                    "hook " + order.resource().id()
                            + " has url variables, without which it could not be created again; it" + " was left alone",
                    "disable it, or remove it by hand");
        }
        return api.remove(order.resource().id());
    }

    /** GitLab answers with 404 also what the token may not do. */
    private void requireGone(Response response, String id) {
        if (response.status() == 404 && api.hook(id).isPresent()) {
            throw api.failure(
                    Kind.FORBIDDEN,
                    "GitLab answers the change of hook " + id + " with 404, and still has the hook",
                    "check that the token may write webhooks, not only read them");
        }
    }

    private Answer revert(Reversal reversal) {
        Optional<JsonNode> hook = api.hook(reversal.resource().id());
        if (hook.isPresent()) {
            return present(reversal, HookState.of(hook.get()));
        }
        if (!reversal.action().equals(GitlabWebhooks.REMOVE)) {
            throw conflict(reversal, "is gone");
        }
        return switch (look.recreated(reversal).progress()) {
            case NOT_BEGUN -> create(reversal);
            case DONE -> Answer.Accepted.plain();
            default -> throw conflict(reversal, "has been replaced by another one with the same address and events");
        };
    }

    private Answer create(Reversal reversal) {
        ObjectNode body = HookState.creation(reversal.before());
        // resolved for this one request, and kept nowhere
        reversal.instructions()
                .secretRef()
                .ifPresent(reference ->
                        body.put("token", secrets.resolve(reference).reveal()));
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
        Response response = api.change(id, HookState.change(reversal.before()));
        requireGone(response, id);
        if (response.status() == 404) {
            throw conflict(reversal, "is gone");
        }
        return accepted(response);
    }

    private ConnectorException conflict(Task task, String what) {
        return api.failure(
                Kind.CONFLICT,
                "hook " + task.resource().id() + " " + what + "; it was left alone",
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
