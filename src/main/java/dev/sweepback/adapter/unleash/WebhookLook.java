package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How far disabling or removing a webhook, or taking it back, has come. */
final class WebhookLook {

    private final WebhookApi api;
    private final WebhookResources webhooks;
    private final Clock clock;
    private final Recreated created;

    WebhookLook(WebhookApi api, WebhookResources webhooks, Clock clock, Recreated created) {
        this.api = api;
        this.webhooks = webhooks;
        this.clock = clock;
        this.created = created;
    }

    Look at(Task task) {
        WebhookApi.Listing listing = api.list();
        Optional<JsonNode> webhook = listing.webhooks().stream()
                .filter(entry ->
                        entry.path("id").asString("").equals(task.resource().id()))
                .findFirst();
        if (webhook.isEmpty() && task instanceof Reversal reversal && isRemoval(task)) {
            return recreated(reversal, listing);
        }
        Capture now = webhook.<Capture>map(webhooks::capture).orElseGet(() -> new Capture.Absent(task.resource()));
        State state = now instanceof Capture.Present present ? present.state() : State.ABSENT;
        return new Look(progress(task, state), task.resource(), now);
    }

    /** One that is gone delivers nothing, as one that is disabled; but it cannot be enabled again. */
    private static Progress progress(Task task, State now) {
        if (task instanceof Reversal reversal) {
            if (now.sameAs(reversal.before())) {
                return Progress.DONE;
            }
            return !now.isAbsent() && now.sameAs(reversal.after()) ? Progress.NOT_BEGUN : Progress.FOREIGN;
        }
        State goal = isRemoval(task) ? State.ABSENT : WebhookState.withEnabled(task.before(), false);
        return now.isAbsent() ? Progress.DONE : ThreeWay.progress(task.before(), goal, now);
    }

    static boolean isRemoval(Task task) {
        return task.action().equals(UnleashWebhooks.REMOVE);
    }

    /** For a removal whose webhook is not there under its number. */
    private Look recreated(Reversal reversal, WebhookApi.Listing listing) {
        Duration ahead = Duration.between(clock.instant(), listing.answeredAt());
        AlikeWebhooks alike = new AlikeWebhooks(reversal, listing.webhooks(), created, ahead);
        Optional<JsonNode> ours = alike.ours();
        if (ours.isPresent()) {
            Capture.Present now = webhooks.capture(ours.get());
            return new Look(Progress.DONE, now.ref(), now);
        }
        return alike.unexplained()
                .map(webhook -> new Look(Progress.FOREIGN, reversal.resource(), webhooks.capture(webhook)))
                .orElseGet(() -> new Look(
                        Progress.NOT_BEGUN,
                        reversal.resource(),
                        new Capture.Absent(reversal.resource()),
                        Optional.empty(),
                        alike.unrecorded()));
    }
}
