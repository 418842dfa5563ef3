package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Resource;
import dev.sweepback.connector.Sighting;
import dev.sweepback.connector.State;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The captures of one batch. Archived flags are searched by name; only what that does not find is looked for in the whole
 * list of archived flags, which the batch shares. Used from several threads at once.
 */
final class FlagCaptures {

    private final UnleashApi api;
    private @Nullable Map<String, JsonNode> archived;

    FlagCaptures(UnleashApi api) {
        this.api = api;
    }

    Resource listed(JsonNode feature) {
        return resource(feature.path("name").asString(), feature, feature.path("tags"));
    }

    Capture capture(String flag) {
        try {
            Optional<Capture> found = live(flag).or(() -> archived(flag));
            // a flag that was revived in between is in neither answer: only a second no is one
            return found.or(() -> live(flag)).orElseGet(() -> new Capture.Absent(api.ref(flag)));
        } catch (ConnectorException e) {
            return new Capture.Unknown(api.ref(flag), e);
        }
    }

    /** What {@link #capture} finds, without the state. */
    Sighting sight(String flag) {
        try {
            Optional<JsonNode> found = api.archived(flag);
            if (found.isPresent()) {
                return new Sighting.Present(listed(found.get()));
            }
        } catch (ConnectorException e) {
            return new Sighting.Unknown(e);
        }
        return Sighting.of(capture(flag));
    }

    private Optional<Capture> live(String flag) {
        Optional<ObjectNode> feature = api.feature(flag);
        if (feature.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tags = api.tags(flag);
        return Optional.of(
                new Capture.Present(resource(flag, feature.get(), tags), FlagState.live(feature.get(), tags)));
    }

    private Optional<Capture> archived(String flag) {
        return api.archived(flag)
                .or(() -> Optional.ofNullable(archivedFlags().get(flag)))
                .map(feature -> new Capture.Present(listed(feature), archivedState(feature)));
    }

    private State archivedState(JsonNode feature) {
        return FlagState.archived(feature, strategies(feature), variants(feature));
    }

    private Map<String, JsonNode> strategies(JsonNode feature) {
        Map<String, JsonNode> strategies = new HashMap<>();
        for (JsonNode environment : feature.path("environments")) {
            String name = environment.path("name").asString("");
            if (environment.path("hasStrategies").asBoolean(true)) {
                strategies.put(name, api.strategies(feature.path("name").asString(), name));
            }
        }
        return strategies;
    }

    private Map<String, JsonNode> variants(JsonNode feature) {
        Map<String, JsonNode> variants = new HashMap<>();
        for (JsonNode environment : feature.path("environments")) {
            String name = environment.path("name").asString("");
            if (environment.path("variantCount").asInt(1) > 0) {
                variants.put(name, api.variants(feature.path("name").asString(), name));
            }
        }
        return variants;
    }

    private synchronized Map<String, JsonNode> archivedFlags() {
        Map<String, JsonNode> known = archived;
        if (known == null) {
            api.requireProject();
            known = new HashMap<>();
            for (JsonNode feature : api.archived()) {
                known.put(feature.path("name").asString(), feature);
            }
            archived = known;
        }
        return known;
    }

    private Resource resource(String flag, JsonNode feature, JsonNode tags) {
        try {
            return FlagResource.of(api.ref(flag), feature, tags);
        } catch (DateTimeParseException e) {
            throw api.failure(
                    Kind.MALFORMED,
                    "the flag '" + flag + "' has a time that is none",
                    "check that the server is Unleash, in a supported version");
        }
    }
}
