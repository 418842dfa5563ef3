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
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * Brings a batch of archived or deleted flags back. Reviving switches every environment off and loses the parents; both are
 * applied again, parents before children, and the whole is compared at the end.
 */
final class Revival {

    private static final int LOOKS = 20;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);

    private final UnleashApi api;
    private final UnleashChanges changes;
    private final FlagTasks tasks;
    private final Pause pause;
    private final int concurrency;
    private final Recreation recreation;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Reversal> toRestore = new ConcurrentHashMap<>();
    private final Queue<String> toRevive = new ConcurrentLinkedQueue<>();

    Revival(UnleashApi api, UnleashChanges changes, FlagTasks tasks, Pause pause, int concurrency) {
        this.api = api;
        this.changes = changes;
        this.tasks = tasks;
        this.pause = pause;
        this.concurrency = concurrency;
        this.recreation = new Recreation(api, changes);
    }

    List<Answer> revive(List<Reversal> reversals) {
        attempt(reversals, reversal -> reversal.resource().id(), this::begin);
        reviveAtOnce(
                toRevive.stream().filter(flag -> !answers.containsKey(flag)).toList());
        for (List<String> generation : Dependencies.generations(contents())) {
            attempt(generation, flag -> flag, flag -> restore(Objects.requireNonNull(toRestore.get(flag))));
        }
        return reversals.stream()
                .map(reversal -> answers.getOrDefault(reversal.resource().id(), Answer.Accepted.plain()))
                .toList();
    }

    private void begin(Reversal reversal) {
        String flag = reversal.resource().id();
        FlagTasks.Seen seen = tasks.look(reversal);
        if (seen.isDone()) {
            return;
        }
        if (reversal.action().equals(UnleashFlags.REMOVE) && reversal.after().isAbsent()) {
            recreation.complete(flag, reversal.before(), seen.state());
        }
        if (FlagState.isArchived(reversal.before())) {
            return;
        }
        toRestore.put(flag, reversal);
        if (seen.state().isAbsent() || FlagState.isArchived(seen.state())) {
            toRevive.add(flag);
        }
    }

    private void reviveAtOnce(List<String> flags) {
        if (flags.isEmpty()) {
            return;
        }
        try {
            changes.revive(flags);
        } catch (ConnectorException e) {
            flags.forEach(flag -> fail(flag, e));
        }
    }

    private void restore(Reversal reversal) {
        String flag = reversal.resource().id();
        State before = reversal.before();
        State now = visible(flag);
        Gap gap = Gap.between(before, now);
        if (!gap.lacksNothing() || (!gap.links().isEmpty() && !tasks.wasRecreated(reversal))) {
            throw differs(flag, before, now);
        }
        if (gap.isNothing()) {
            return;
        }
        gap.links().forEach(link -> changes.addLink(flag, link));
        gap.parents().forEach(parent -> changes.addDependency(flag, parent));
        Switching switching = new Switching(api, changes, tasks);
        JsonNode environments = before.content().path("environments");
        gap.off().forEach(environment -> switching.on(flag, environment, environments.path(environment)));
        State then = state(new FlagCaptures(api).capture(flag));
        if (then.isAbsent() || !Gap.between(before, then).isNothing()) {
            throw differs(flag, before, then);
        }
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
                "try again: undo goes on from where it is");
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
        toRestore.forEach(
                (flag, reversal) -> contents.put(flag, reversal.before().content()));
        return contents;
    }

    private ConnectorException differs(String flag, State before, State now) {
        return api.failure(
                Kind.CONFLICT,
                "undo revived the flag '" + flag + "', and somebody has changed it: it differs from before in "
                        + String.join(", ", now.isAbsent() ? List.of("everything") : before.differences(now)),
                "look at it in Unleash: keep it so, or set by hand what differs, its environments last");
    }

    private static State state(Capture capture) {
        if (capture instanceof Capture.Unknown unknown) {
            throw unknown.error();
        }
        return capture instanceof Capture.Present present ? present.state() : State.ABSENT;
    }
}
