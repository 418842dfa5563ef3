package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.Task;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Marks a batch of flags as stale, or takes the mark off: in one request, for those that may be and need it. */
final class Marking {

    private final UnleashChanges changes;
    private final FlagTasks tasks;
    private final int concurrency;

    Marking(UnleashChanges changes, FlagTasks tasks, int concurrency) {
        this.changes = changes;
        this.tasks = tasks;
        this.concurrency = concurrency;
    }

    List<Answer> mark(List<? extends Task> wanted, boolean stale) {
        List<Task> all = List.copyOf(wanted);
        Map<String, Answer> answers = new LinkedHashMap<>();
        List<String> toMark = new ArrayList<>();
        List<Optional<Answer>> seen = InParallel.map(concurrency, all, this::look);
        for (int index = 0; index < all.size(); index++) {
            String flag = all.get(index).resource().id();
            seen.get(index).ifPresentOrElse(answer -> answers.put(flag, answer), () -> toMark.add(flag));
        }
        if (!toMark.isEmpty()) {
            Answer answer = answer(toMark, stale);
            toMark.forEach(flag -> answers.put(flag, answer));
        }
        return all.stream()
                .map(task -> Objects.requireNonNull(answers.get(task.resource().id())))
                .toList();
    }

    /** Empty for a flag that the request is yet to be sent for. */
    private Optional<Answer> look(Task task) {
        try {
            return tasks.look(task).isDone() ? Optional.of(Answer.Accepted.plain()) : Optional.empty();
        } catch (ConnectorException e) {
            return Optional.of(new Answer.Failed(e));
        }
    }

    private Answer answer(List<String> flags, boolean stale) {
        try {
            changes.mark(flags, stale);
            return Answer.Accepted.plain();
        } catch (ConnectorException e) {
            return new Answer.Failed(e);
        }
    }
}
