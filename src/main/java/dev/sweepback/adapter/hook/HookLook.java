package dev.sweepback.adapter.hook;

import dev.sweepback.adapter.http.SharedRead;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far disabling or removing hooks, or taking it back, has come: of one batch, which shares one list of all hooks. */
final class HookLook {

    /** The systems tell times by the second, and our clock may have been set since the intent. */
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final Hooks hooks;
    private final Clock clock;
    private final Recreated created;
    private final SharedRead<Hooks.Listing> all;

    /** @param clock what the times of intents are by, to compare them with the system's */
    HookLook(Hooks hooks, Clock clock, Recreated created) {
        this.hooks = hooks;
        this.clock = clock;
        this.created = created;
        this.all = new SharedRead<>(hooks::list);
    }

    Look at(Task task) {
        // what was created again has another number, and the old one does not come back
        boolean recreated = created.id(task.operation()).isPresent();
        Optional<JsonNode> hook =
                recreated ? Optional.empty() : hooks.hook(task.resource().id());
        if (hook.isEmpty() && task instanceof Reversal reversal && task.action().equals(Hooks.REMOVE)) {
            return recreated(reversal);
        }
        Capture now = hook.<Capture>map(hooks::capture).orElseGet(() -> new Capture.Absent(task.resource()));
        State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
        Progress progress =
                task instanceof Reversal reversal ? progress(reversal, state) : hooks.progress((Order) task, state);
        return new Look(progress, task.resource(), now);
    }

    /** Undo of disabling can meet a hook that undo of removing created just before. */
    Progress progress(Reversal reversal, State now) {
        if (isStill(reversal, reversal.before(), now)) {
            return Progress.DONE;
        }
        return !now.isAbsent() && isStill(reversal, reversal.after(), now) ? Progress.NOT_BEGUN : Progress.FOREIGN;
    }

    private boolean isStill(Reversal reversal, State expected, State now) {
        return now.sameAs(expected) || (hooks.isRecreated(expected, now) && created.isOfUndo(reversal));
    }

    /** For a removal whose hook is not there under its number. */
    Look recreated(Reversal reversal) {
        Optional<JsonNode> known = created.id(reversal.operation()).flatMap(hooks::hook);
        if (known.isPresent() && hooks.isAsCreated(reversal, hooks.state(known.get()))) {
            Capture.Present now = hooks.capture(known.get());
            return new Look(Progress.DONE, now.ref(), now);
        }
        Hooks.Listing listing = all.get();
        List<JsonNode> alike = listing.hooks().stream()
                .filter(hook -> hooks.standsFor(reversal.before(), hooks.state(hook)))
                .toList();
        if (alike.isEmpty()) {
            return new Look(Progress.NOT_BEGUN, reversal.resource(), new Capture.Absent(reversal.resource()));
        }
        List<ResourceRef> candidates = alike.stream()
                .filter(hook -> mayBeOurs(reversal, hook, listing))
                .map(hooks::ref)
                .toList();
        Optional<ResourceRef> made = created.ofReversal(reversal, candidates);
        Optional<JsonNode> ours = alike.stream()
                .filter(hook -> made.filter(hooks.ref(hook)::equals).isPresent())
                .findFirst();
        Capture.Present now = hooks.capture(ours.orElse(alike.get(0)));
        return ours.isPresent()
                ? new Look(Progress.DONE, now.ref(), now)
                : new Look(Progress.FOREIGN, reversal.resource(), now);
    }

    /** As the reversal would have made it, and not older than its intent. */
    private boolean mayBeOurs(Reversal reversal, JsonNode hook, Hooks.Listing listing) {
        return reversal.provenance().isAnnounced()
                && hooks.isAsCreated(reversal, hooks.state(hook))
                && (created.id(reversal.operation()).isPresent()
                        || !Hooks.createdAt(hook)
                                .isBefore(byTheirClock(reversal.announcedAt(), listing)
                                        .minus(SLACK)));
    }

    private Instant byTheirClock(Instant ours, Hooks.Listing listing) {
        return listing.answeredAt()
                .map(theirNow -> ours.plus(Duration.between(clock.instant(), theirNow)))
                .orElse(ours);
    }
}
