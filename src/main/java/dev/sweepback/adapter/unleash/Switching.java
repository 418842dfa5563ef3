package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Reversal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Switches environments of a flag off, and exactly those on again that were on. */
final class Switching {

    private final UnleashApi api;
    private final UnleashChanges changes;
    private final FlagTasks tasks;

    Switching(UnleashApi api, UnleashChanges changes, FlagTasks tasks) {
        this.api = api;
        this.changes = changes;
        this.tasks = tasks;
    }

    Answer off(Order order) {
        String flag = order.resource().id();
        if (!FlagState.hasEnvironment(order.before(), order.instructions())) {
            throw api.failure(
                    Kind.NOT_FOUND,
                    "the flag '" + flag + "' has no environment '"
                            + order.instructions()
                                    .scope()
                                    .get(UnleashFlags.ENVIRONMENT)
                                    .orElse("") + "'",
                    "correct 'environment' in the step's select");
        }
        FlagTasks.Seen seen = tasks.look(order);
        if (seen.isDone()) {
            return Answer.Accepted.plain();
        }
        List<String> on = FlagState.enabledIn(seen.state());
        FlagState.toSwitchOff(order.before(), order.instructions()).stream()
                .filter(on::contains)
                .forEach(environment -> changes.switchOff(flag, environment));
        return Answer.Accepted.plain();
    }

    Answer on(Reversal reversal) {
        String flag = reversal.resource().id();
        FlagTasks.Seen seen = tasks.look(reversal);
        if (!seen.isDone()) {
            JsonNode environments = reversal.before().content().path("environments");
            for (String environment :
                    Gap.between(reversal.before(), seen.state()).off()) {
                on(flag, environment, environments.path(environment));
            }
        }
        return Answer.Accepted.plain();
    }

    /** Without an enabled strategy Unleash would add one, and taking that off again switches the environment off. */
    void on(String flag, String environment, JsonNode before) {
        if (!FlagState.hasEnabledStrategy(before)) {
            throw api.failure(
                    Kind.CONFLICT,
                    "the flag '" + flag + "' is off in " + environment
                            + ", where it was on without an enabled strategy: Unleash cannot bring that back",
                    "switch " + environment + " on by hand; Unleash then adds a strategy");
        }
        changes.switchOn(flag, environment);
    }
}
