package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Instructions;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The values of webhooks that Unleash hides, from the step's {@code secretRef}: a JSON object of webhook numbers, each an
 * object of its hidden parameters: {@code {"17": {"url": "https://…", "authorization": "…"}}}. By number, so that of several
 * webhooks none can come back with another's address.
 */
final class WebhookSecrets {

    private final Secrets secrets;

    WebhookSecrets(Secrets secrets) {
        this.secrets = secrets;
    }

    /**
     * Why the webhook could not be created again; empty if it could. Never with a value.
     *
     * @throws ConnectorException if the secret cannot be had for the moment
     */
    Optional<String> objection(ResourceRef webhook, List<String> masked, Instructions instructions) {
        if (masked.isEmpty()) {
            return Optional.empty();
        }
        if (instructions.secretRef().isEmpty()) {
            return Optional.of("Unleash hides its " + String.join(", ", masked) + ", and the step has no 'secretRef'");
        }
        try {
            hidden(webhook, masked, instructions);
            return Optional.empty();
        } catch (ConnectorException e) {
            return Optional.of(e.objection());
        }
    }

    /** @throws ConnectorException of kind {@link Kind#SECRET} if one is missing */
    ObjectNode hidden(ResourceRef webhook, List<String> masked, Instructions instructions) {
        ObjectNode hidden = JsonMapper.shared().createObjectNode();
        if (masked.isEmpty()) {
            return hidden;
        }
        SecretRef reference = instructions
                .secretRef()
                .orElseThrow(() -> new ConnectorException(
                        Kind.SECRET,
                        webhook.connection(),
                        "the step has no 'secretRef' for what Unleash hides of webhook " + webhook.id(),
                        "create the webhook again by hand; the rest of it is in the journal"));
        JsonNode given = parsed(reference).path(webhook.id());
        for (String name : masked) {
            if (given.path(name).asString("").isBlank()) {
                throw ConnectorException.secret(
                        reference,
                        "it has no text at " + webhook.id() + "." + name,
                        "make it a JSON object: the webhook's number, with an object of the parameters that are hidden");
            }
            hidden.set(name, given.path(name));
        }
        return hidden;
    }

    /** What Jackson says of a text quotes it. */
    private JsonNode parsed(SecretRef reference) {
        try {
            return JsonMapper.shared().readTree(secrets.resolve(reference).reveal());
        } catch (JacksonException e) {
            throw ConnectorException.secret(
                    reference, "it is no JSON", "make it a JSON object, as the page on Unleash shows");
        }
    }
}
