package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.Pause;
import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Brings a batch of archived flags back. Reviving switches every environment off and loses the parents; both are applied
 * again, parents before children, and the whole is compared at the end.
 */
final class Revival {

    private static final int LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final UnleashApi api;
    private final Pause pause;
    private final int concurrency;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, State> befores = new ConcurrentHashMap<>();

    Revival(UnleashApi api, Pause pause, int concurrency) {
        this.api = api;
        this.pause = pause;
        this.concurrency = concurrency;
    }

    List<Answer> revive(List<Reversal> reversals) {
        Queue<String> toRevive = new ConcurrentLinkedQueue<>();
        FlagCaptures captures = new FlagCaptures(api);
        attempt(reversals, reversal -> reversal.resource().id(), reversal -> {
            String flag = reversal.resource().id();
            if (begin(reversal, captures.capture(flag))) {
                toRevive.add(flag);
            }
        });
        reviveAtOnce(List.copyOf(toRevive));
        for (List<String> generation : Dependencies.generations(contents())) {
            attempt(generation, flag -> flag, flag -> restore(flag, state(befores, flag)));
        }
        return reversals.stream()
                .map(reversal -> answers.getOrDefault(reversal.resource().id(), Answer.Accepted.plain()))
                .toList();
    }

    /** @return whether the flag has yet to be revived */
    private boolean begin(Reversal reversal, Capture capture) {
        String flag = reversal.resource().id();
        State now = state(capture);
        if (now.sameAs(reversal.before())) {
            return false;
        }
        if (now.isAbsent()) {
            throw api.failure(
                    Kind.CONFLICT,
                    "the flag '" + flag + "' is gone from the archive and cannot be revived",
                    "create it again by hand; its snapshot is in the journal");
        }
        boolean asLeft = FlagProgress.isAsLeft(reversal, now);
        if (!asLeft && !FlagProgress.isHalfRevived(reversal.before(), now)) {
            throw api.failure(
                    Kind.CONFLICT,
                    "the flag '" + flag + "' was changed after it was archived; it was left alone",
                    "look at the flag in Unleash and decide by hand");
        }
        befores.put(flag, reversal.before());
        return asLeft;
    }

    private void reviveAtOnce(List<String> flags) {
        if (flags.isEmpty()) {
            return;
        }
        try {
            api.revive(flags);
        } catch (ConnectorException e) {
            flags.forEach(flag -> fail(flag, e));
        }
    }

    private void restore(String flag, State before) {
        State now = visible(flag);
        if (!FlagProgress.isHalfRevived(before, now)) {
            throw differs(flag, before, now);
        }
        if (now.sameAs(before)) {
            return;
        }
        for (Map.Entry<String, JsonNode> dependency :
                before.content().path("dependencies").properties()) {
            if (now.content().path("dependencies").path(dependency.getKey()).isMissingNode()) {
                api.addDependency(flag, dependency.getValue());
            }
        }
        for (Map.Entry<String, JsonNode> environment :
                before.content().path("environments").properties()) {
            boolean was = environment.getValue().path("enabled").asBoolean(false);
            boolean is = environment(now, environment.getKey()).path("enabled").asBoolean(false);
            if (was && !is) {
                switchOn(flag, environment.getKey(), environment.getValue());
            }
        }
        State then = state(new FlagCaptures(api).capture(flag));
        if (!then.sameAs(before)) {
            throw differs(flag, before, then);
        }
    }

    /** Without an enabled strategy Unleash would add one, and taking that off again switches the environment off. */
    private void switchOn(String flag, String environment, JsonNode before) {
        if (!FlagState.hasEnabledStrategy(before)) {
            throw api.failure(
                    Kind.CONFLICT,
                    "the flag '" + flag + "' lives again and is off in " + environment
                            + ", where it was on without an enabled strategy: Unleash cannot bring that back",
                    "switch " + environment + " on by hand; Unleash then adds a strategy");
        }
        api.switchOn(flag, environment);
    }

    private State visible(String flag) {
        for (int look = 1; look <= LOOKS; look++) {
            State now = state(new FlagCaptures(api).capture(flag));
            if (!now.isAbsent() && !FlagState.isArchived(now)) {
                return now;
            }
            hold();
        }
        throw new ConnectorException(
                Kind.TIMEOUT,
                api.ref(flag).connection(),
                "the flag '" + flag + "' was revived and cannot be seen yet",
                "try again: undo goes on from where it is",
                true,
                Optional.empty());
    }

    private void hold() {
        try {
            pause.hold(BETWEEN_LOOKS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw api.failure(Kind.TIMEOUT, "undo was interrupted between two requests", "run undo again");
        }
    }

    /** Side by side; what fails is answered with that and not attempted again. */
    private <T> void attempt(List<T> items, Function<T, String> flagOf, Consumer<T> part) {
        InParallel.map(concurrency, items, item -> {
            String flag = flagOf.apply(item);
            try {
                if (!answers.containsKey(flag)) {
                    part.accept(item);
                }
            } catch (ConnectorException e) {
                fail(flag, e);
            }
            return flag;
        });
    }

    private void fail(String flag, ConnectorException e) {
        answers.put(flag, new Answer.Failed(e));
    }

    private Map<String, JsonNode> contents() {
        Map<String, JsonNode> contents = new HashMap<>();
        befores.forEach((flag, before) -> contents.put(flag, before.content()));
        return contents;
    }

    private ConnectorException differs(String flag, State before, State now) {
        return api.failure(
                Kind.CONFLICT,
                "undo revived the flag '" + flag + "', and somebody has changed it: it differs from before in "
                        + String.join(", ", now.isAbsent() ? List.of("everything") : before.differences(now)),
                "look at it in Unleash: keep it so, or set by hand what differs, its environments last");
    }

    private static JsonNode environment(State state, String name) {
        return state.content().path("environments").path(name);
    }

    private static State state(Capture capture) {
        if (capture instanceof Capture.Unknown unknown) {
            throw unknown.error();
        }
        return capture instanceof Capture.Present present ? present.state() : State.ABSENT;
    }

    private static State state(Map<String, State> states, String flag) {
        return Objects.requireNonNull(states.get(flag));
    }
}
