package dev.sweepback.sandbox;

import java.time.Clock;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What flags refer to: segments, tags and their types. */
final class UnleashDefinitions {

    private final Clock clock;
    private final UnleashFlags flags;

    UnleashDefinitions(Clock clock, UnleashFlags flags) {
        this.clock = clock;
        this.flags = flags;
    }

    TwinResponse addSegment(Call call) {
        ObjectNode body = call.body();
        int id = flags.addSegment(Json.text(body, "name", ""));
        ObjectNode segment = Json.object().put("id", id);
        segment.setAll(body);
        segment.put("createdBy", "admin").put("createdAt", UnleashViews.time(clock.instant()));
        return TwinResponse.json(201, segment).with("Location", "segments/" + id);
    }

    TwinResponse addTag(Call call) {
        ObjectNode tag = call.body();
        ObjectNode body = Json.object().put("version", 1);
        body.set("tag", tag);
        return TwinResponse.json(201, body)
                .with("Location", "tags/%s/%s".formatted(Json.text(tag, "type", ""), Json.text(tag, "value", "")));
    }

    TwinResponse tagTypes(Call call) {
        ObjectNode body = Json.object().put("version", 1);
        ArrayNode types = body.putArray("tagTypes");
        flags.tagTypes()
                .forEach(type -> types.addObject()
                        .put("name", type)
                        .put("description", "")
                        .put("icon", "")
                        .putNull("color"));
        return TwinResponse.json(200, body);
    }

    TwinResponse addTagType(Call call) {
        ObjectNode type = call.body();
        flags.tagTypes().add(Json.text(type, "name", ""));
        return TwinResponse.json(201, type).with("Location", "tag-types/" + Json.text(type, "name", ""));
    }
}
