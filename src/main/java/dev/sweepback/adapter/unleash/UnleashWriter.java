package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Acts on flags and puts them back, a batch of one action at a time. */
final class UnleashWriter implements Writer {

    private final UnleashApi api;
    private final UnleashChanges changes;
    private final Pause pause;
    private final int concurrency;

    UnleashWriter(UnleashApi api, UnleashChanges changes, Pause pause, int concurrency) {
        this.api = api;
        this.changes = changes;
        this.pause = pause;
        this.concurrency = concurrency;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return byAction(orders, this::apply);
    }

    private List<Answer> apply(String action, List<Order> orders) {
        FlagTasks tasks = new FlagTasks(api);
        return switch (action) {
            case UnleashFlags.STALE -> new Marking(changes, tasks, concurrency).mark(orders, true);
            case UnleashFlags.DISABLE -> each(orders, new Switching(api, changes, tasks)::off);
            case UnleashFlags.REMOVE -> new Removal(api, changes, tasks, pause, concurrency).apply(orders);
            default -> new Archiving(api, changes, concurrency).apply(orders);
        };
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return byAction(reversals, this::revert);
    }

    private List<Answer> revert(String action, List<Reversal> reversals) {
        FlagTasks tasks = new FlagTasks(api);
        return switch (action) {
            case UnleashFlags.STALE -> new Marking(changes, tasks, concurrency).mark(reversals, false);
            case UnleashFlags.DISABLE -> each(reversals, new Switching(api, changes, tasks)::on);
            default -> new Revival(api, changes, tasks, pause, concurrency).revive(reversals);
        };
    }

    /** Side by side. */
    private <T> List<Answer> each(List<T> tasks, Function<T, Answer> part) {
        return InParallel.map(concurrency, tasks, task -> Answer.of(() -> part.apply(task)));
    }

    private static <T extends Task> List<Answer> byAction(
            List<T> tasks, BiFunction<String, List<T>, List<Answer>> carryOut) {
        Map<T, Answer> answers = new HashMap<>();
        tasks.stream()
                .collect(Collectors.groupingBy(Task::action, LinkedHashMap::new, Collectors.toList()))
                .forEach((action, group) -> {
                    List<Answer> given = carryOut.apply(action, group);
                    for (int index = 0; index < group.size(); index++) {
                        answers.put(group.get(index), given.get(index));
                    }
                });
        return tasks.stream()
                .map(task -> Objects.requireNonNull(answers.get(task)))
                .toList();
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
