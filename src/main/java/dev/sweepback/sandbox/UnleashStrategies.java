package dev.sweepback.sandbox;

import java.util.List;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Environments of a flag: on, off, strategies, variants. */
final class UnleashStrategies {

    private final UnleashFlags flags;
    private final UnleashEvents events;

    UnleashStrategies(UnleashFlags flags, UnleashEvents events) {
        this.flags = flags;
        this.events = events;
    }

    /** Adds a default strategy where none is enabled (recording: env-on-all-strategies-disabled). */
    void on(UnleashFlag flag, String environmentName) {
        UnleashFlag.Environment environment = flag.environment(environmentName);
        if (!environment.hasEnabledStrategy()) {
            ObjectNode strategy = Json.object().put("name", "flexibleRollout");
            strategy.putObject("parameters")
                    .put("rollout", "100")
                    .put("stickiness", "default")
                    .put("groupId", flag.name);
            add(flag, environmentName, strategy);
        }
        if (!environment.enabled) {
            environment.enabled = true;
            events.add("feature-environment-enabled", flag, environmentName, UnleashEvents.transaction());
        }
    }

    void off(UnleashFlag flag, String environmentName) {
        UnleashFlag.Environment environment = flag.environment(environmentName);
        if (environment.enabled) {
            environment.enabled = false;
            events.add("feature-environment-disabled", flag, environmentName, UnleashEvents.transaction());
        }
    }

    /** The id is always a new one, also where the request names one (recording: recreate-strategy-with-id). */
    ObjectNode add(UnleashFlag flag, String environmentName, JsonNode given) {
        UnleashFlag.Environment environment = flag.environment(environmentName);
        ObjectNode strategy = Json.object();
        strategy.put("name", Json.text(given, "name", "default"));
        strategy.set("constraints", arrayOf(given, "constraints"));
        strategy.set("variants", arrayOf(given, "variants"));
        strategy.set(
                "parameters",
                given.path("parameters").isObject() ? given.path("parameters").deepCopy() : Json.object());
        strategy.set("segments", arrayOf(given, "segments"));
        strategy.put("sortOrder", Json.number(given, "sortOrder", environment.nextSortOrder()));
        strategy.put("id", UUID.randomUUID().toString());
        strategy.put("title", given.path("title").isString() ? Json.text(given, "title", "") : null);
        strategy.put("disabled", Json.flag(given, "disabled", false));
        environment.strategies.add(strategy);
        events.add("feature-strategy-add", flag, environmentName, UnleashEvents.transaction());
        return strategy;
    }

    TwinResponse list(Call call) {
        return TwinResponse.json(200, UnleashViews.strategies(environment(call)));
    }

    TwinResponse post(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        return TwinResponse.json(
                200, add(flag, call.at("environment"), call.body()).deepCopy());
    }

    TwinResponse patch(Call call) {
        ObjectNode strategy = strategy(call);
        for (JsonNode operation : Json.parse(call.request().body())) {
            String field = Json.text(operation, "path", "").replaceFirst("^/", "");
            if (Json.text(operation, "op", "").equals("remove")) {
                strategy.remove(field);
            } else {
                strategy.set(field, operation.path("value").deepCopy());
            }
        }
        offWithTheLastEnabledStrategy(call);
        return TwinResponse.json(200, strategy.deepCopy());
    }

    TwinResponse put(Call call) {
        ObjectNode strategy = strategy(call);
        ObjectNode body = call.body();
        body.remove("id");
        strategy.setAll(body);
        offWithTheLastEnabledStrategy(call);
        return TwinResponse.json(200, strategy.deepCopy());
    }

    TwinResponse delete(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        ObjectNode strategy = strategy(call);
        UnleashFlag.Environment environment = environment(call);
        environment.strategies.remove(strategy);
        events.add("feature-strategy-remove", flag, call.at("environment"), UnleashEvents.transaction());
        offWithTheLastEnabledStrategy(call);
        return TwinResponse.empty(200).with("Content-Type", "application/json; charset=utf-8");
    }

    /** Whether it was removed or disabled. */
    private void offWithTheLastEnabledStrategy(Call call) {
        if (!environment(call).hasEnabledStrategy()) {
            off(flags.require(call.at("project"), call.at("flag")), call.at("environment"));
        }
    }

    TwinResponse switchOn(Call call) {
        UnleashFlag flag = switchable(call);
        on(flag, call.at("environment"));
        return TwinResponse.empty(200);
    }

    TwinResponse switchOff(Call call) {
        UnleashFlag flag = switchable(call);
        off(flag, call.at("environment"));
        return TwinResponse.empty(200);
    }

    /** One unknown flag refuses all (recording: bulk-env-off-partial-unknown). */
    TwinResponse switchMany(Call call, boolean enabled) {
        List<UnleashFlag> wanted = Json.strings(call.body().path("features")).stream()
                .map(name -> flags.require(call.at("project"), name))
                .toList();
        for (UnleashFlag flag : wanted) {
            if (enabled) {
                on(flag, call.at("environment"));
            } else {
                off(flag, call.at("environment"));
            }
        }
        return TwinResponse.empty(200);
    }

    TwinResponse getVariants(Call call) {
        ObjectNode body = Json.object().put("version", 1);
        body.set("variants", environment(call).variants.deepCopy());
        return TwinResponse.json(200, body);
    }

    TwinResponse putVariants(Call call) {
        if (!(Json.parse(call.request().body()) instanceof ArrayNode variants)) {
            throw UnleashErrors.badSchema();
        }
        environment(call).variants = variants;
        return getVariants(call);
    }

    private UnleashFlag switchable(Call call) {
        UnleashFlag flag = flags.require(call.at("project"), call.at("flag"));
        if (flag.archived()) {
            throw UnleashErrors.archived();
        }
        return flag;
    }

    private UnleashFlag.Environment environment(Call call) {
        return flags.require(call.at("project"), call.at("flag")).environment(call.at("environment"));
    }

    private ObjectNode strategy(Call call) {
        return environment(call).strategies.stream()
                .filter(known -> Json.text(known, "id", "").equals(call.at("strategy")))
                .findFirst()
                .orElseThrow(() -> UnleashErrors.notFound("Could not find strategy with id " + call.at("strategy")));
    }

    private static JsonNode arrayOf(JsonNode given, String field) {
        return given.path(field).isArray() ? given.path(field).deepCopy() : Json.array();
    }
}
