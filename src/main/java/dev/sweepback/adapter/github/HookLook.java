package dev.sweepback.adapter.github;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far disabling or removing a hook, or taking it back, has come. */
final class HookLook {

    /** GitHub's clock may be behind ours, and it tells times by the second. */
    private static final Duration SKEW = Duration.ofSeconds(60);

    private final GithubApi api;
    private final HookResources hooks;

    HookLook(GithubApi api, HookResources hooks) {
        this.api = api;
        this.hooks = hooks;
    }

    Look at(Task task) {
        Optional<JsonNode> hook = api.hook(task.resource().id());
        if (hook.isEmpty() && task instanceof Reversal reversal && task.action().equals(GithubWebhooks.REMOVE)) {
            return recreated(reversal);
        }
        Capture now = hook.<Capture>map(hooks::capture).orElseGet(() -> new Capture.Absent(task.resource()));
        State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
        return new Look(progress(task, state), task.resource(), now);
    }

    /** Undo of disabling can meet a hook that undo of removing re-created just before. */
    private static Progress progress(Task task, State now) {
        if (task instanceof Reversal reversal) {
            if (HookState.isStill(reversal.before(), now)) {
                return Progress.DONE;
            }
            return HookState.isStill(reversal.after(), now) ? Progress.NOT_BEGUN : Progress.FOREIGN;
        }
        return ThreeWay.progress(task.before(), goal(task), now);
    }

    private static State goal(Task task) {
        return task.action().equals(GithubWebhooks.DISABLE) ? HookState.withActive(task.before(), false) : State.ABSENT;
    }

    private Look recreated(Reversal reversal) {
        List<JsonNode> alike = alike(reversal.before());
        if (alike.isEmpty()) {
            return new Look(Progress.NOT_BEGUN, reversal.resource(), new Capture.Absent(reversal.resource()));
        }
        Optional<JsonNode> ours =
                alike.stream().filter(hook -> isOurs(reversal, hook)).findFirst();
        Capture.Present now = hooks.capture(ours.orElse(alike.get(0)));
        return new Look(
                ours.isPresent() ? Progress.DONE : Progress.FOREIGN,
                ours.isPresent() ? now.ref() : reversal.resource(),
                now);
    }

    /** The hooks that GitHub would not let stand beside the one from before. */
    List<JsonNode> alike(State before) {
        String key = HookState.naturalKey(before);
        return api.list().stream()
                .filter(hook -> HookState.naturalKey(HookState.of(hook)).equals(key))
                .toList();
    }

    /** Whether this hook is the one that the reversal created: not older than its intent, and as it would have made it. */
    static boolean isOurs(Reversal reversal, JsonNode hook) {
        return !HookResources.createdAt(hook).isBefore(reversal.announcedAt().minus(SKEW))
                && HookState.sameAsideFromSecret(HookState.of(hook), reversal.before());
    }
}
