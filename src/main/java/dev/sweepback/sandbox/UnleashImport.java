package dev.sweepback.sandbox;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** {@code features-batch/import}: what an export gave goes into one environment (recording: features-import-with-pat). */
final class UnleashImport {

    private final UnleashFlags flags;
    private final UnleashStrategies strategies;

    UnleashImport(UnleashFlags flags, UnleashStrategies strategies) {
        this.flags = flags;
        this.strategies = strategies;
    }

    /** Only for somebody: an admin token is nobody in particular (recording: features-import). */
    TwinResponse run(Call call, boolean somebody) {
        if (!somebody) {
            throw UnleashErrors.badRequest(
                    "You can't use an admin token to import features. Please use either a personal"
                            + " access token"
                            + " (https://docs.getunleash.io/concepts/api-tokens-and-client-keys#personal-access-tokens) or a"
                            + " service account (https://docs.getunleash.io/concepts/service-accounts).");
        }
        JsonNode body = call.body();
        String environment = Json.text(body, "environment", "");
        JsonNode data = body.path("data");
        for (JsonNode feature : data.path("features")) {
            String name = Json.text(feature, "name", "");
            UnleashFlag flag = flags.find(name).orElseGet(() -> {
                UnleashFlag added = flags.create(Json.text(body, "project", "default"), name);
                flags.created(added);
                return added;
            });
            UnleashFeatures.change(flag, feature);
            fill(flag, environment, data);
        }
        return TwinResponse.empty(200);
    }

    private void fill(UnleashFlag flag, String environment, JsonNode data) {
        flag.environment(environment).strategies.clear();
        for (JsonNode strategy : data.path("featureStrategies")) {
            if (Json.text(strategy, "featureName", "").equals(flag.name)) {
                strategies.add(flag, environment, strategy);
            }
        }
        for (JsonNode shown : data.path("featureEnvironments")) {
            if (Json.text(shown, "featureName", "").equals(flag.name)) {
                if (shown.path("variants") instanceof ArrayNode variants) {
                    flag.environment(environment).variants = variants.deepCopy();
                }
                flag.environment(environment).enabled = Json.flag(shown, "enabled", false);
            }
        }
        for (JsonNode shown : data.path("featureTags")) {
            UnleashFlag.Tag tag =
                    new UnleashFlag.Tag(Json.text(shown, "tagType", ""), Json.text(shown, "tagValue", ""));
            if (Json.text(shown, "featureName", "").equals(flag.name) && !flag.tags.contains(tag)) {
                flag.tags.add(tag);
            }
        }
    }
}
