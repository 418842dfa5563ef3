package dev.sweepback.sandbox;

import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What applications read: the live flags of their environment (recording: client-features). */
final class UnleashClient {

    private final UnleashFlags flags;
    private final UnleashEvents events;

    UnleashClient(UnleashFlags flags, UnleashEvents events) {
        this.flags = flags;
        this.events = events;
    }

    TwinResponse features(Call call) {
        String token = call.request().header("authorization");
        String environment = token.substring(token.indexOf(':') + 1, token.indexOf('.'));
        String prefix = call.request().query("namePrefix", "");
        ObjectNode body = Json.object().put("version", 2);
        ArrayNode features = body.putArray("features");
        flags.all().stream()
                .filter(flag -> !flag.archived() && flag.name.startsWith(prefix))
                .forEach(flag -> features.add(feature(flag, environment)));
        ObjectNode query = body.putObject("query");
        if (!prefix.isEmpty()) {
            query.put("namePrefix", prefix);
        }
        query.put("environment", environment).put("inlineSegmentConstraints", true);
        String hash = Json.sha256(query.toString()).substring(0, 8);
        int revision = events.revision();
        String etag = "\"%s:%d:v1\"".formatted(hash, revision);
        body.putObject("meta").put("revisionId", revision).put("etag", etag).put("queryHash", hash);
        return TwinResponse.json(200, body).with("ETag", etag);
    }

    private static ObjectNode feature(UnleashFlag flag, String environmentName) {
        UnleashFlag.Environment environment = flag.environment(environmentName);
        ObjectNode feature = Json.object().put("name", flag.name).put("type", flag.type);
        feature.put("enabled", environment.enabled).put("project", flag.project).put("stale", flag.stale);
        ArrayNode strategies = feature.putArray("strategies");
        environment.sorted().stream()
                .filter(strategy -> !Json.flag(strategy, "disabled", false))
                .forEach(strategy -> strategies.add(
                        strategy.deepCopy().without(List.of("id", "title", "disabled", "sortOrder", "segments"))));
        feature.set("variants", environment.variants.deepCopy());
        feature.put("description", flag.description).put("impressionData", flag.impressionData);
        if (flag.parent().isPresent()) {
            feature.set("dependencies", UnleashViews.dependencies(flag));
        }
        return feature;
    }
}
