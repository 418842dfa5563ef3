package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.OperationId;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.ThreeWay;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/** How far disabling or removing a webhook, or taking it back, has come. */
final class WebhookLook {

    /** Unleash tells its own time by the second, and our clock may have been set since the intent. */
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final WebhookApi api;
    private final WebhookResources webhooks;
    private final Clock clock;
    private final Map<OperationId, String> created;

    /** @param created which webhooks Unleash said that it created, as long as this process lives */
    WebhookLook(WebhookApi api, WebhookResources webhooks, Clock clock, Map<OperationId, String> created) {
        this.api = api;
        this.webhooks = webhooks;
        this.clock = clock;
        this.created = created;
    }

    static Map<OperationId, String> noneCreated() {
        return new ConcurrentHashMap<>();
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

    /** Numbers only grow: what undo created has a larger one than what was removed. */
    private Look recreated(Reversal reversal, WebhookApi.Listing listing) {
        List<JsonNode> alike = listing.webhooks().stream()
                .filter(webhook -> webhook.path("id").asLong() > number(reversal))
                .filter(webhook -> WebhookState.isAlike(WebhookState.of(webhook), reversal.before()))
                .toList();
        if (alike.isEmpty()) {
            return new Look(Progress.NOT_BEGUN, reversal.resource(), new Capture.Absent(reversal.resource()));
        }
        Optional<JsonNode> ours = alike.stream()
                .filter(webhook -> isOurs(reversal, webhook, listing))
                .findFirst();
        Capture.Present now = webhooks.capture(ours.orElse(alike.get(0)));
        return new Look(
                ours.isPresent() ? Progress.DONE : Progress.FOREIGN,
                ours.isPresent() ? now.ref() : reversal.resource(),
                now);
    }

    /** The one that Unleash answered with; where that answer was lost, one that is not older than the intent. */
    private boolean isOurs(Reversal reversal, JsonNode webhook, WebhookApi.Listing listing) {
        if (!WebhookState.of(webhook).sameAs(reversal.before())) {
            return false;
        }
        Optional<String> known = Optional.ofNullable(created.get(reversal.operation()));
        if (known.isPresent()) {
            return known.get().equals(webhook.path("id").asString());
        }
        Instant announced = reversal.announcedAt().plus(Duration.between(clock.instant(), listing.answeredAt()));
        return !FlagState.time(webhook.path("createdAt")).isBefore(announced.minus(SLACK));
    }

    private static long number(Reversal reversal) {
        try {
            return Long.parseLong(reversal.resource().id());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
