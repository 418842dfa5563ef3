package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Recreated;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Reversal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The webhooks that look like one that was removed, and which of them undo created. Unleash hides where to they deliver, so that
 * all of one description, scope and events look the same. Numbers only grow: what undo created has a larger one.
 */
final class AlikeWebhooks {

    /** Unleash tells its own time by the second, and our clock may have been set since the intent. */
    private static final Duration SLACK = Duration.ofSeconds(60);

    private final Reversal reversal;
    private final List<JsonNode> alike;
    private final Set<ResourceRef> thereBefore;
    private final Recreated created;
    private final Duration ahead;

    /** @param ahead by how much Unleash's clock is ahead of ours */
    AlikeWebhooks(Reversal reversal, List<JsonNode> webhooks, Recreated created, Duration ahead) {
        this.reversal = reversal;
        this.created = created;
        this.ahead = ahead;
        this.alike = webhooks.stream()
                .filter(webhook -> webhook.path("id").asLong() > number(reversal))
                .filter(webhook -> WebhookState.isAlike(WebhookState.of(webhook), reversal.before()))
                .toList();
        this.thereBefore = alike.isEmpty() ? Set.of() : reversal.provenance().thereBefore();
    }

    /** Those of which nothing is recorded yet: what undo created for others has an outcome that says so. */
    List<ResourceRef> unrecorded() {
        if (alike.isEmpty()) {
            return List.of();
        }
        Set<ResourceRef> recorded = reversal.provenance().creators().keySet();
        return alike.stream()
                .map(this::ref)
                .filter(webhook -> !recorded.contains(webhook))
                .toList();
    }

    /**
     * The one that the reversal created.
     *
     * @throws dev.sweepback.connector.ConnectorException if that cannot be told
     */
    Optional<JsonNode> ours() {
        List<ResourceRef> candidates =
                alike.stream().filter(this::mayBeOurs).map(this::ref).toList();
        Optional<ResourceRef> ours = created.ofReversal(reversal, candidates);
        return alike.stream()
                .filter(webhook -> ours.filter(ref(webhook)::equals).isPresent())
                .findFirst();
    }

    private boolean mayBeOurs(JsonNode webhook) {
        if (!WebhookState.of(webhook).sameAs(reversal.before())) {
            return false;
        }
        return created.id(reversal.operation()).isPresent()
                || (reversal.provenance().isAnnounced()
                        && !thereBefore.contains(ref(webhook))
                        && !isOlder(webhook, reversal.announcedAt()));
    }

    /** One that somebody may have put in the place of the one that was removed; not for a reversal that created its own. */
    Optional<JsonNode> unexplained() {
        if (alike.isEmpty()) {
            return Optional.empty();
        }
        Set<ResourceRef> ofOthers = created.ofOthers(reversal);
        Optional<Instant> removed = reversal.provenance().actedAt();
        return alike.stream()
                .filter(webhook -> !ofOthers.contains(ref(webhook)))
                .filter(webhook -> !thereBefore.contains(ref(webhook)))
                .filter(webhook ->
                        removed.filter(instant -> isOlder(webhook, instant)).isEmpty())
                .filter(webhook ->
                        reversal.provenance().isAnnounced() || !created.mayBeOfAnother(reversal, ref(webhook)))
                .findFirst();
    }

    private boolean isOlder(JsonNode webhook, Instant ours) {
        return FlagState.time(webhook.path("createdAt"))
                .isBefore(ours.plus(ahead).minus(SLACK));
    }

    private ResourceRef ref(JsonNode webhook) {
        return reversal.resource().at(webhook.path("id").asString());
    }

    private static long number(Reversal reversal) {
        try {
            return Long.parseLong(reversal.resource().id());
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
