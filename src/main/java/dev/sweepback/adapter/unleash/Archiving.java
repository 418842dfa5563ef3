package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Puts flags into the archive. */
final class Archiving {

    private final UnleashApi api;
    private final UnleashChanges changes;
    private final int concurrency;

    Archiving(UnleashApi api, UnleashChanges changes, int concurrency) {
        this.api = api;
        this.changes = changes;
        this.concurrency = concurrency;
    }

    /**
     * Only flags that live are archived: archiving is not idempotent, a second time moves {@code archivedAt} ({@code
     * feature-archive-again}).
     */
    List<Answer> apply(List<Order> orders) {
        List<String> flags = orders.stream().map(order -> order.resource().id()).toList();
        List<Seen> seen = InParallel.map(concurrency, flags, this::seen);
        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, JsonNode> live = new LinkedHashMap<>();
        for (int index = 0; index < flags.size(); index++) {
            String flag = flags.get(index);
            Answer otherwise = seen.get(index).otherwise();
            seen.get(index)
                    .live()
                    .ifPresentOrElse(feature -> live.put(flag, feature), () -> answers.put(flag, otherwise));
        }
        answers.putAll(archive(live));
        return flags.stream()
                .map(flag -> Objects.requireNonNull(answers.get(flag)))
                .toList();
    }

    /** @param otherwise the answer, unless the flag lives */
    private record Seen(Optional<ObjectNode> live, Answer otherwise) {}

    private Seen seen(String flag) {
        try {
            return new Seen(api.feature(flag), Answer.Accepted.plain());
        } catch (ConnectorException e) {
            return new Seen(Optional.empty(), new Answer.Failed(e));
        }
    }

    /**
     * In one transaction; if the server refuses it because of one flag, then one by one, children first.
     *
     * @param live flags by name, with their {@code dependencies}
     */
    Map<String, Answer> archive(Map<String, ? extends JsonNode> live) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        if (live.isEmpty()) {
            return answers;
        }
        Optional<ConnectorException> refusal = attempt(live.keySet());
        if (live.size() > 1 && refusal.isPresent() && refusal.get().kind() == Kind.CONFLICT) {
            for (List<String> generation : Dependencies.childrenFirst(live)) {
                List<Answer> single = InParallel.map(concurrency, generation, flag -> answer(attempt(List.of(flag))));
                for (int index = 0; index < generation.size(); index++) {
                    answers.put(generation.get(index), single.get(index));
                }
            }
            return answers;
        }
        live.keySet().forEach(flag -> answers.put(flag, answer(refusal)));
        return answers;
    }

    private Optional<ConnectorException> attempt(Collection<String> flags) {
        try {
            changes.archive(flags);
            return Optional.empty();
        } catch (ConnectorException e) {
            return Optional.of(e);
        }
    }

    private static Answer answer(Optional<ConnectorException> failure) {
        return failure.<Answer>map(Answer.Failed::new).orElseGet(Answer.Accepted::plain);
    }
}
