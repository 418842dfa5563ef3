package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Answer;
import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Look;
import dev.sweepback.connector.Order;
import dev.sweepback.connector.Progress;
import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.Reversal;
import dev.sweepback.connector.State;
import dev.sweepback.connector.Task;
import dev.sweepback.connector.Writer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Disables and removes webhooks, and puts them back. */
final class WebhookWriter implements Writer {

    /** As long Unleash may still deliver to one that was enabled; a delivery for one that is gone ends the server. */
    static final Duration REMEMBERED = Duration.ofSeconds(65);

    private final WebhookApi api;
    private final WebhookLook look;
    private final WebhookSecrets secrets;
    private final Recreated created;

    WebhookWriter(WebhookApi api, WebhookLook look, WebhookSecrets secrets, Recreated created) {
        this.api = api;
        this.look = look;
        this.secrets = secrets;
        this.created = created;
    }

    @Override
    public List<Answer> apply(List<Order> orders) {
        return orders.stream().map(order -> Answer.of(() -> apply(order))).toList();
    }

    @Override
    public List<Answer> revert(List<Reversal> reversals) {
        return reversals.stream()
                .map(reversal -> Answer.of(() -> revert(reversal)))
                .toList();
    }

    private Answer apply(Order order) {
        Look now = look.at(order);
        if (now.progress() == Progress.DONE) {
            return Answer.Accepted.plain();
        }
        requireOurs(order, now);
        if (WebhookLook.isRemoval(order)) {
            remove(order);
        } else {
            switchTo(order, false);
        }
        return Answer.Accepted.plain();
    }

    /** Only one that has been disabled for so long that Unleash has forgotten that it delivered to it. */
    private void remove(Order order) {
        String id = order.resource().id();
        if (WebhookState.isEnabled(order.before())) {
            throw tooEarly(id, "is enabled");
        }
        Optional<Duration> changed = api.sinceChange(id);
        if (changed.isPresent() && changed.get().compareTo(REMEMBERED) < 0) {
            throw tooEarly(id, "was changed " + Math.max(0, changed.get().toSeconds()) + " s ago");
        }
        api.delete(id);
    }

    private ConnectorException tooEarly(String id, String what) {
        return api.failure(
                Kind.CONFLICT,
                "webhook " + id + " " + what + "; removed within " + REMEMBERED.toSeconds()
                        + " s of being enabled it can end the Unleash server",
                "disable it first: action: disable, quarantine: 2m or more, then: remove");
    }

    private Answer revert(Reversal reversal) {
        Look now = look.at(reversal);
        if (now.progress() == Progress.DONE) {
            return Answer.Accepted.plain();
        }
        requireOurs(reversal, now);
        if (now.now() instanceof Capture.Absent) {
            State before = reversal.before();
            ObjectNode hidden =
                    secrets.hidden(reversal.resource(), WebhookState.masked(before), reversal.instructions());
            api.create(WebhookState.creation(before, hidden))
                    .ifPresent(id -> created.add(
                            reversal.operation(), reversal.resource().at(id)));
        } else {
            switchTo(reversal, WebhookState.isEnabled(reversal.before()));
        }
        return Answer.Accepted.plain();
    }

    private void switchTo(Task task, boolean enabled) {
        String id = task.resource().id();
        Optional<JsonNode> webhook = api.webhook(id);
        if (webhook.isEmpty()) {
            throw conflict(task, "is gone");
        }
        api.update(id, WebhookState.update(webhook.get(), enabled));
    }

    private void requireOurs(Task task, Look now) {
        if (now.progress() == Progress.FOREIGN) {
            throw conflict(
                    task,
                    now.now() instanceof Capture.Absent ? "is gone" : "was changed meanwhile, or replaced by another");
        }
    }

    private ConnectorException conflict(Task task, String what) {
        return api.failure(
                Kind.CONFLICT,
                "webhook " + task.resource().id() + " " + what + "; it was left alone",
                "look at the integrations in Unleash and decide by hand");
    }

    @Override
    public void close() {
        // the client is shared and closed with the others
    }
}
