package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** Deletes flags for good. Only what was seen in the archive is asked to be deleted: see {@link UnleashChanges#delete}. */
final class Removal {

    private static final int LOOKS = 40;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final UnleashApi api;
    private final UnleashChanges changes;
    private final FlagTasks tasks;
    private final Pause pause;
    private final int concurrency;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> live = new ConcurrentHashMap<>();
    private final Set<String> justArchived = ConcurrentHashMap.newKeySet();

    Removal(UnleashApi api, UnleashChanges changes, FlagTasks tasks, Pause pause, int concurrency) {
        this.api = api;
        this.changes = changes;
        this.tasks = tasks;
        this.pause = pause;
        this.concurrency = concurrency;
    }

    List<Answer> apply(List<Order> orders) {
        InParallel.map(concurrency, orders, this::judge);
        answers.putAll(failed(new Archiving(api, changes, concurrency).archive(new TreeMap<>(live))));
        List<String> left = orders.stream()
                .map(order -> order.resource().id())
                .filter(flag -> !answers.containsKey(flag))
                .toList();
        InParallel.map(concurrency, left.stream().filter(justArchived::contains).toList(), this::awaitRecorded);
        delete(left.stream().filter(flag -> !answers.containsKey(flag)).toList());
        return orders.stream()
                .map(order ->
                        Objects.requireNonNull(answers.get(order.resource().id())))
                .toList();
    }

    /** What is gone needs nothing, what somebody changed is left alone, what lives goes into the archive first. */
    private String judge(Order order) {
        String flag = order.resource().id();
        try {
            FlagTasks.Seen seen = tasks.look(order);
            if (seen.isDone()) {
                answers.put(flag, Answer.Accepted.plain());
                return flag;
            }
            if (!FlagState.isArchived(order.before())) {
                justArchived.add(flag);
            }
            if (!FlagState.isArchived(seen.state())) {
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

    /**
     * Archiving is announced within the server about a second later; it then records the lifecycle of the flag, and ends
     * itself when there is none of that name any more. So deleting waits until that is recorded.
     */
    private String awaitRecorded(String flag) {
        try {
            JsonNode feature = api.archived(flag)
                    .orElseThrow(() -> api.failure(
                            Kind.CONFLICT,
                            "the flag '" + flag + "' was archived and is not in the archive; it was not deleted",
                            "look at the flag in Unleash, then plan again"));
            Instant archivedAt = FlagState.time(feature.path("archivedAt"));
            for (int look = 1; look <= LOOKS; look++) {
                if (isRecorded(api.lifecycle(flag), archivedAt)) {
                    return flag;
                }
                hold();
            }
            throw api.failure(
                    Kind.CONFLICT,
                    "the flag '" + flag
                            + "' is archived and was not deleted: Unleash has not recorded that yet, and deleting"
                            + " before it has can end the server",
                    "run the job again later; undo revives the flag");
        } catch (ConnectorException e) {
            answers.put(flag, new Answer.Failed(e));
            return flag;
        }
    }

    /** Among all stages: those of a flag that was created a moment ago are written in no certain order. */
    private static boolean isRecorded(JsonNode stages, Instant archivedAt) {
        return stages.valueStream()
                .filter(stage -> stage.path("stage").asString("").equals("archived"))
                .anyMatch(stage -> !FlagState.time(stage.path("enteredStageAt")).isBefore(archivedAt));
    }

    private void hold() {
        try {
            pause.hold(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw api.failure(Kind.CONFLICT, "the removal was interrupted between two requests", "run the job again");
        }
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
