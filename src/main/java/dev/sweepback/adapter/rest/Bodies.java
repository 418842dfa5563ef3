package dev.sweepback.adapter.rest;

import dev.sweepback.job.Template;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Fills the places in a body. What the snapshot does not have is left out: it was not there before either. */
final class Bodies {

    private final Places places;

    Bodies(Places places) {
        this.places = places;
    }

    JsonNode fill(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode filled = JsonMapper.shared().createObjectNode();
            object.properties().forEach(entry -> {
                JsonNode value = fill(entry.getValue());
                if (!value.isMissingNode()) {
                    filled.set(entry.getKey(), value);
                }
            });
            return filled;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode filled = JsonMapper.shared().createArrayNode();
            array.forEach(item -> {
                JsonNode value = fill(item);
                if (!value.isMissingNode()) {
                    filled.add(value);
                }
            });
            return filled;
        }
        Optional<Template.Place> place = node.isString() ? Template.alone(node.asString()) : Optional.empty();
        return place.map(places::value).orElse(node).deepCopy();
    }

    /** As RFC 7396 says: null takes away. */
    static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode merged = target instanceof ObjectNode object
                ? object.deepCopy()
                : JsonMapper.shared().createObjectNode();
        changes.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                merged.remove(change.getKey());
            } else {
                merged.set(change.getKey(), merged(merged.path(change.getKey()), change.getValue()));
            }
        });
        return merged;
    }
}
