package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.Pause;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Archives flags and revives them. */
final class UnleashWriter implements Writer {

    private final UnleashApi api;
    private final Pause pause;

    UnleashWriter(UnleashApi api, Pause pause) {
        this.api = api;
        this.pause = pause;
    }

    /**
     * Only flags that live are archived: archiving is not idempotent, a second time moves {@code archivedAt} ({@code
     * feature-archive-again}).
     */
    @Override
    public List<Answer> apply(List<Order> orders) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        Map<String, JsonNode> live = new LinkedHashMap<>();
        for (Order order : orders) {
            String flag = order.resource().id();
            try {
                api.feature(flag)
                        .ifPresentOrElse(
                                feature -> live.put(flag, feature), () -> answers.put(flag, Answer.Accepted.plain()));
            } catch (ConnectorException e) {
                answers.put(flag, new Answer.Failed(e));
            }
        }
        archive(Dependencies.childrenFirst(live)).forEach(answers::put);
        return orders.stream()
                .map(order ->
                        Objects.requireNonNull(answers.get(order.resource().id())))
                .toList();
    }

    /** In one transaction; if the server refuses it because of one flag, then one by one. */
    private Map<String, Answer> archive(List<String> flags) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        if (flags.isEmpty()) {
            return answers;
        }
        Optional<ConnectorException> refusal = attempt(flags);
        if (flags.size() > 1 && refusal.isPresent() && refusal.get().kind() == Kind.CONFLICT) {
            for (String flag : flags) {
                answers.put(flag, answer(attempt(List.of(flag))));
            }
            return answers;
        }
        flags.forEach(flag -> answers.put(flag, answer(refusal)));
        return answers;
    }

    private Optional<ConnectorException> attempt(List<String> flags) {
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
        return new ArrayList<>(new Revival(api, pause).revive(reversals));
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
