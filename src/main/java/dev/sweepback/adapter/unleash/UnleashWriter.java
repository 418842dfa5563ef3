package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Writer;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Archives flags and revives them. */
final class UnleashWriter implements Writer {

    private final UnleashApi api;
    private final Pause pause;
    private final int concurrency;

    UnleashWriter(UnleashApi api, Pause pause, int concurrency) {
        this.api = api;
        this.pause = pause;
        this.concurrency = concurrency;
    }

    /**
     * Only flags that live are archived: archiving is not idempotent, a second time moves {@code archivedAt} ({@code
     * feature-archive-again}).
     */
    @Override
    public List<Answer> apply(List<Order> orders) {
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
        archive(live, answers);
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

    /** In one transaction; if the server refuses it because of one flag, then one by one. */
    private void archive(Map<String, JsonNode> live, Map<String, Answer> answers) {
        if (live.isEmpty()) {
            return;
        }
        Optional<ConnectorException> refusal = attempt(live.keySet());
        if (live.size() > 1 && refusal.isPresent() && refusal.get().kind() == Kind.CONFLICT) {
            for (List<String> generation : Dependencies.childrenFirst(live)) {
                List<Answer> single = InParallel.map(concurrency, generation, flag -> answer(attempt(List.of(flag))));
                for (int index = 0; index < generation.size(); index++) {
                    answers.put(generation.get(index), single.get(index));
                }
            }
            return;
        }
        live.keySet().forEach(flag -> answers.put(flag, answer(refusal)));
    }

    private Optional<ConnectorException> attempt(Collection<String> flags) {
        try {
            api.archive(flags);
            return Optional.empty();
        } catch (ConnectorException e) {
            return Optional.of(e);
        }
    }

    private static Answer answer(Optional<ConnectorException> failure) {
        return failure.<Answer>map(Answer.Failed::new).orElseGet(Answer.Accepted::plain);
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return new Revival(api, pause, concurrency).revive(reversals);
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
