package dev.sweepback.adapter.gitlab;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far disabling or removing a hook, or taking it back, has come. */
final class HookLook {

    /** GitLab's time of an answer is to the second, and our clock may have been set since the intent. */
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final GitlabApi api;
    private final HookResources hooks;
    private final Clock clock;
    private final CreatedHooks created;

    HookLook(GitlabApi api, HookResources hooks, Clock clock, CreatedHooks created) {
        this.api = api;
        this.hooks = hooks;
        this.clock = clock;
        this.created = created;
    }

    Look at(Task task) {
        Optional<JsonNode> hook = api.hook(task.resource().id());
        if (hook.isEmpty() && task instanceof Reversal reversal && task.action().equals(GitlabWebhooks.REMOVE)) {
            return recreated(reversal);
        }
        Capture now = hook.<Capture>map(hooks::capture).orElseGet(() -> new Capture.Absent(task.resource()));
        State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
        return new Look(progress(task, state), task.resource(), now);
    }

    /**
     * A hook that is gone delivers nothing, as one that is disabled; but it cannot be enabled again. Undo of disabling can
     * meet a hook that undo of removing re-created just before.
     */
    static Progress progress(Task task, State now) {
        if (task instanceof Reversal reversal) {
            if (HookState.isStill(reversal.before(), now)) {
                return Progress.DONE;
            }
            return !now.isAbsent() && HookState.isStill(reversal.after(), now) ? Progress.NOT_BEGUN : Progress.FOREIGN;
        }
        return now.isAbsent() ? Progress.DONE : ThreeWay.progress(task.before(), goal(task), now);
    }

    private static State goal(Task task) {
        return task.action().equals(GitlabWebhooks.DISABLE) ? HookState.disabled(task.before()) : State.ABSENT;
    }

    /** For a removal whose hook is not there under its number. */
    Look recreated(Reversal reversal) {
        GitlabApi.Listing listing = api.list();
        List<JsonNode> alike = alike(reversal.before(), listing);
        if (alike.isEmpty()) {
            return new Look(Progress.NOT_BEGUN, reversal.resource(), new Capture.Absent(reversal.resource()));
        }
        Optional<JsonNode> ours =
                alike.stream().filter(hook -> isOurs(reversal, hook, listing)).findFirst();
        Capture.Present now = hooks.capture(ours.orElse(alike.get(0)));
        return new Look(
                ours.isPresent() ? Progress.DONE : Progress.FOREIGN,
                ours.isPresent() ? now.ref() : reversal.resource(),
                now);
    }

    private static List<JsonNode> alike(State before, GitlabApi.Listing listing) {
        return listing.hooks().stream()
                .filter(hook -> HookState.standsFor(before, HookState.of(hook)))
                .toList();
    }

    /**
     * Whether this hook is the one that the reversal created: as it would have made it, and the one that GitLab answered with;
     * where that answer was lost, not older than the intent.
     */
    private boolean isOurs(Reversal reversal, JsonNode hook, GitlabApi.Listing listing) {
        if (!HookState.isAsCreated(reversal.before(), HookState.of(hook))) {
            return false;
        }
        Optional<String> known = created.id(reversal.operation());
        if (known.isPresent()) {
            return known.get().equals(hook.path("id").asString());
        }
        return !HookResources.createdAt(hook)
                .isBefore(byGitlabsClock(reversal.announcedAt(), listing).minus(SLACK));
    }

    private Instant byGitlabsClock(Instant ours, GitlabApi.Listing listing) {
        return listing.answeredAt()
                .map(theirNow -> ours.plus(Duration.between(clock.instant(), theirNow)))
                .orElse(ours);
    }
}
