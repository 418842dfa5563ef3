package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Deletes flags for good. Only what was seen in the archive is asked to be deleted: see {@link UnleashChanges#delete}. */
final class Removal {

    private final UnleashApi api;
    private final UnleashChanges changes;
    private final FlagTasks tasks;
    private final int concurrency;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> live = new ConcurrentHashMap<>();

    Removal(UnleashApi api, UnleashChanges changes, FlagTasks tasks, int concurrency) {
        this.api = api;
        this.changes = changes;
        this.tasks = tasks;
        this.concurrency = concurrency;
    }

    List<Answer> apply(List<Order> orders) {
        InParallel.map(concurrency, orders, this::judge);
        answers.putAll(failed(new Archiving(api, changes, concurrency).archive(new TreeMap<>(live))));
        List<String> left = orders.stream()
                .map(order -> order.resource().id())
                .filter(flag -> !answers.containsKey(flag))
                .toList();
        InParallel.map(concurrency, left, this::requireArchived);
        delete(left.stream().filter(flag -> !answers.containsKey(flag)).toList());
        return orders.stream()
                .map(order -> Objects.requireNonNull(answers.get(order.resource().id())))
                .toList();
    }

    /** What is gone needs nothing, what somebody changed is left alone, what lives goes into the archive first. */
    private String judge(Order order) {
        String flag = order.resource().id();
        try {
            FlagTasks.Seen seen = tasks.look(order);
            if (seen.isDone()) {
                answers.put(flag, Answer.Accepted.plain());
            } else if (!FlagState.isArchived(seen.state())) {
                live.put(flag, seen.state().content());
            }
        } catch (ConnectorException e) {
            answers.put(flag, new Answer.Failed(e));
        }
        return flag;
    }

    private static Map<String, Answer> failed(Map<String, Answer> archived) {
        archived.values().removeIf(Answer.Accepted.class::isInstance);
        return archived;
    }

    private String requireArchived(String flag) {
        try {
            if (api.feature(flag).isPresent()) {
                throw api.failure(
                        Kind.CONFLICT,
                        "the flag '" + flag + "' was archived and lives again; it was not deleted",
                        "look at the flag in Unleash, then plan again");
            }
        } catch (ConnectorException e) {
            answers.put(flag, new Answer.Failed(e));
        }
        return flag;
    }

    private void delete(List<String> flags) {
        if (flags.isEmpty()) {
            return;
        }
        List<Answer> answer = new ArrayList<>();
        try {
            changes.delete(flags);
            answer.add(Answer.Accepted.plain());
        } catch (ConnectorException e) {
            answer.add(new Answer.Failed(e));
        }
        flags.forEach(flag -> answers.put(flag, answer.get(0)));
    }
}
