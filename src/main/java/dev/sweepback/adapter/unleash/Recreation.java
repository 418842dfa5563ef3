package dev.sweepback.adapter.unleash;

import dev.sweepback.connector.Capture;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.State;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Creates flags that were deleted once more, in the archive, where no application sees one that is half done. There they get
 * all that the archive lets be added; the rest is added as to any revived flag.
 */
final class Recreation {

    private final UnleashApi api;
    private final UnleashChanges changes;
    private final Set<String> tagTypes = new HashSet<>();

    Recreation(UnleashApi api, UnleashChanges changes) {
        this.api = api;
        this.changes = changes;
    }

    /** Goes on with what an interrupted undo began. */
    void complete(String flag, State before, State now) {
        if (now.isAbsent()) {
            changes.create(creation(flag, before));
        }
        State there = state(flag);
        Gap gap = Gap.between(before, there);
        if (!FlagState.isArchived(there)) {
            return;
        }
        gap.tags().forEach(tag -> addTag(flag, tag));
        gap.strategies()
                .forEach((environment, strategies) ->
                        strategies.forEach(strategy -> changes.addStrategy(flag, environment, strategy)));
        gap.variants().forEach((environment, variants) -> changes.setVariants(flag, environment, variants));
        requireComplete(flag, before);
    }

    /** As {@code recreate-with-createdAt}, and archived at once. */
    private static ObjectNode creation(String flag, State before) {
        JsonNode was = before.content();
        ObjectNode feature = JsonMapper.shared().createObjectNode();
        feature.put("name", flag).put("archived", true);
        for (String name : List.of("type", "description", "impressionData", "stale", "createdAt")) {
            if (!was.path(name).isNull()) {
                feature.set(name, was.path(name));
            }
        }
        return feature;
    }

    /** Unleash makes the tag itself where there is none, but not its type. */
    private void addTag(String flag, String tag) {
        String type = tag.substring(0, tag.indexOf(':'));
        synchronized (tagTypes) {
            if (tagTypes.isEmpty()) {
                tagTypes.addAll(api.tagTypes());
            }
            if (!tagTypes.contains(type)) {
                changes.createTagType(type);
                tagTypes.add(type);
            }
        }
        changes.addTag(flag, tag);
    }

    private void requireComplete(String flag, State before) {
        State now = state(flag);
        Gap gap = Gap.between(before, now);
        if (!gap.lacksNothing()) {
            throw api.failure(
                    Kind.CONFLICT,
                    "undo created the flag '" + flag
                            + "' again, in the archive, and it does not come out as before; it differs in "
                            + String.join(", ", before.differences(now)),
                    "look at it in Unleash's archive: complete and revive it by hand, or delete it and run undo again");
        }
    }

    private State state(String flag) {
        Capture now = new FlagCaptures(api).capture(flag);
        if (now instanceof Capture.Unknown unknown) {
            throw unknown.error();
        }
        if (now instanceof Capture.Present present) {
            return present.state();
        }
        throw api.failure(
                Kind.CONFLICT,
                "the flag '" + flag + "' was created again and is gone",
                "run undo again; somebody, or something, deletes it");
    }
}
