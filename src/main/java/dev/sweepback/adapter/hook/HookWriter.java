package dev.sweepback.adapter.hook;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Disables and removes hooks, and puts them back. */
public final class HookWriter implements Writer {

    private final Hooks hooks;
    private final Clock clock;
    private final Recreated created;

    /** @param clock what the times of intents are by, to compare them with the system's */
    public HookWriter(Hooks hooks, Clock clock, Recreated created) {
        this.hooks = hooks;
        this.clock = clock;
        this.created = created;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return answers(orders, this::apply);
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        HookLook look = new HookLook(hooks, clock, created);
        return answers(reversals, reversal -> revert(look, reversal));
    }

    private <T extends Task> List<Answer> answers(List<T> tasks, Function<T, Answer> work) {
        return InParallel.map(hooks.connection().concurrency(), tasks, task -> Answer.of(() -> work.apply(task)));
    }

    private Answer apply(Order order) {
        Optional<Response> response = hooks.apply(order);
        response.ifPresent(answer -> requireGone(answer, order.resource().id()));
        return Answer.Accepted.of(response.flatMap(Response::requestId));
    }

    private Answer revert(HookLook look, Reversal reversal) {
        Optional<JsonNode> hook = hooks.hook(reversal.resource().id());
        if (hook.isPresent()) {
            return present(look, reversal, hooks.state(hook.get()));
        }
        if (!reversal.action().equals(Hooks.REMOVE)) {
            throw hooks.conflict(reversal, "is gone");
        }
        return switch (look.recreated(reversal).progress()) {
            case NOT_BEGUN -> create(reversal);
            case DONE -> Answer.Accepted.plain();
            default -> throw hooks.conflict(reversal, "has been replaced by another one that delivers the same");
        };
    }

    private Answer create(Reversal reversal) {
        Response response = hooks.create(reversal);
        response.json().ifPresent(hook -> created.add(reversal.operation(), hooks.ref(hook)));
        return Answer.Accepted.of(response.requestId());
    }

    private Answer present(HookLook look, Reversal reversal, State now) {
        switch (look.progress(reversal, now)) {
            case DONE -> {
                return Answer.Accepted.plain();
            }
            case NOT_BEGUN -> {}
            default -> throw hooks.conflict(reversal, "was changed meanwhile");
        }
        String id = reversal.resource().id();
        Response response = hooks.enable(id, reversal.before());
        requireGone(response, id);
        if (response.status() == 404) {
            throw hooks.conflict(reversal, "is gone");
        }
        return Answer.Accepted.of(response.requestId());
    }

    /** The systems answer with 404 also what the token may not do. */
    private void requireGone(Response response, String id) {
        if (response.status() == 404 && hooks.hook(id).isPresent()) {
            throw hooks.failure(
                    Kind.FORBIDDEN,
                    hooks.system() + " answers the change of hook " + id + " with 404, and still has the hook",
                    "check that the token may write webhooks, not only read them");
        }
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
