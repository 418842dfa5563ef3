package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import dev.sweepback.job.DescribedAction;
import dev.sweepback.job.DescribedRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** Carries out described actions, and takes them back. Looks first, so that no request is sent a second time to harm. */
final class RestWriter implements Writer {

    private final RestApi api;
    private final Supplier<RestLook> looks;
    private final Recreated recreated;

    /** @param looks a look for each batch */
    RestWriter(RestApi api, Supplier<RestLook> looks, Recreated recreated) {
        this.api = api;
        this.looks = looks;
        this.recreated = recreated;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        RestLook look = looks.get();
        return answers(orders, order -> apply(look, order));
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        RestLook look = looks.get();
        return answers(reversals, reversal -> revert(look, reversal));
    }

    private <T extends Task> List<Answer> answers(List<T> tasks, Function<T, Answer> work) {
        return InParallel.map(api.connection().concurrency(), tasks, task -> Answer.of(() -> work.apply(task)));
    }

    private Answer apply(RestLook look, Order order) {
        DescribedAction action = look.action(order);
        RestLook.Seen seen = look.at(order);
        return switch (seen.look().progress()) {
            case DONE -> Answer.Accepted.plain();
            case NOT_BEGUN, PARTLY -> apply(order, action, seen);
            case FOREIGN, UNKNOWN -> throw conflict(order);
        };
    }

    private Answer apply(Order order, DescribedAction action, RestLook.Seen seen) {
        Optional<String> requestId = Optional.empty();
        for (DescribedRequest request : action.apply()) {
            Response response = api.change(request, filling(order, seen.item()));
            if (api.isGone(response)) {
                return gone(order, request, response);
            }
            requestId = newest(response, requestId);
        }
        return Answer.Accepted.of(requestId);
    }

    /** Some systems answer what a credential may not do as if nothing were there. */
    private Answer gone(Order order, DescribedRequest request, Response response) {
        if (api.item(order.resource().id()).isPresent()) {
            throw api.failure(
                    Kind.FORBIDDEN,
                    request + " was answered as if " + order.resource().id() + " were gone, and it is still there",
                    "check that the credential may change it, not only read it, and the request's path");
        }
        return Answer.Accepted.of(response.requestIdOfHeader());
    }

    private Answer revert(RestLook look, Reversal reversal) {
        DescribedAction action = look.action(reversal);
        RestLook.Seen seen = look.at(reversal);
        return switch (seen.look().progress()) {
            case DONE -> Answer.Accepted.plain();
            case NOT_BEGUN, PARTLY -> restore(reversal, action, seen);
            case FOREIGN, UNKNOWN -> throw conflict(reversal);
        };
    }

    private Answer restore(Reversal reversal, DescribedAction action, RestLook.Seen seen) {
        if (action.restore().isEmpty()) {
            throw api.failure(
                    Kind.REJECTED,
                    "its description does not tell how to take back '" + action.name() + "'",
                    "put 'restore' back into the description");
        }
        boolean there = seen.look().now() instanceof Capture.Present;
        // What is re-created is there already if only the later requests are missing.
        int from = action.gone() && there ? 1 : 0;
        Filling filling =
                filling(reversal, seen.item()).withId(seen.look().resource().id());
        Optional<String> requestId = Optional.empty();
        for (int index = from; index < action.restore().size(); index++) {
            DescribedRequest request = action.restore().get(index);
            Response response = api.change(request, filling);
            if (api.isGone(response)) {
                throw api.failure(
                        Kind.NOT_FOUND,
                        request + " was answered with " + response.status() + " while "
                                + reversal.resource().id() + " was put back",
                        "look at the system, then undo again");
            }
            requestId = newest(response, requestId);
            if (index == 0 && action.newId().isPresent()) {
                String id = api.answeredId(request, response, action.newId().get());
                recreated.add(reversal.operation(), reversal.resource().at(id));
                filling = filling.withId(id);
            }
        }
        return Answer.Accepted.of(requestId);
    }

    /** Of several requests the last one that the system gave an id. A body may say {@code request_id} of something else. */
    private static Optional<String> newest(Response response, Optional<String> earlier) {
        return response.requestIdOfHeader().or(() -> earlier);
    }

    private static Filling filling(Task task, Optional<Item> now) {
        return new Filling(
                Optional.of(task.resource().id()),
                Optional.empty(),
                task.before().isAbsent()
                        ? Optional.empty()
                        : Optional.of(task.before().content()),
                now);
    }

    private ConnectorException conflict(Task task) {
        return api.failure(
                Kind.CONFLICT,
                task.resource().kind() + " " + task.resource().id() + " was changed meanwhile; it was left alone",
                "look at it in the system and decide by hand");
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
