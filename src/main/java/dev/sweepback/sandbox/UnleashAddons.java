package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Integrations; what is secret in their parameters is masked on reading and kept when the mask is written back. */
final class UnleashAddons {

    private static final String MASK = "*****";
    private static final Set<String> SENSITIVE = Set.of("url", "authorization", "customHeaders");

    private final Clock clock;
    private final UnleashEvents events;
    private final Map<Integer, ObjectNode> addons = new TreeMap<>();
    private int lastId;

    UnleashAddons(Clock clock, UnleashEvents events) {
        this.clock = clock;
        this.events = events;
    }

    ObjectNode add(JsonNode given) {
        int id = ++lastId;
        ObjectNode addon = stored(id, given, String.valueOf(UnleashViews.time(clock.instant())));
        addons.put(id, addon);
        events.addOfAddon("addon-config-created", bare(addon).without("createdAt"), null);
        return addon;
    }

    Map<Integer, ObjectNode> all() {
        return addons;
    }

    TwinResponse list(Call call) {
        ObjectNode body = Json.object();
        ArrayNode list = body.putArray("addons");
        addons.values().forEach(addon -> list.add(masked(addon)));
        ObjectNode provider = body.putArray("providers").addObject();
        provider.put("name", "webhook").put("displayName", "Webhook");
        return TwinResponse.json(200, body);
    }

    TwinResponse get(Call call) {
        return TwinResponse.json(200, masked(find(call)));
    }

    TwinResponse post(Call call) {
        ObjectNode body = valid(call.body());
        ObjectNode answer = add(body).deepCopy();
        answer.remove("createdAt");
        return TwinResponse.json(201, answer);
    }

    TwinResponse put(Call call) {
        ObjectNode before = find(call);
        int id = Json.number(before, "id", 0);
        ObjectNode after = stored(id, valid(call.body()), Json.text(before, "createdAt", ""));
        ObjectNode parameters = (ObjectNode) after.path("parameters");
        for (String name : SENSITIVE) {
            if (Json.text(parameters, name, "").equals(MASK)) {
                parameters.set(name, before.path("parameters").path(name).deepCopy());
            }
        }
        addons.put(id, after);
        events.addOfAddon("addon-config-updated", bare(after), bare(before));
        return TwinResponse.json(200, after.deepCopy());
    }

    TwinResponse delete(Call call) {
        ObjectNode before = find(call);
        addons.remove(Json.number(before, "id", 0));
        events.addOfAddon("addon-config-deleted", null, bare(before));
        return TwinResponse.empty(200);
    }

    /** Changes one as a person does. */
    void change(int id, ObjectNode change) {
        ObjectNode addon = addons.get(id);
        if (addon == null) {
            throw new IllegalArgumentException("no addon " + id);
        }
        ObjectNode before = bare(addon);
        addon.setAll(change);
        events.addOfAddon("addon-config-updated", bare(addon), before);
    }

    ObjectNode dump(ObjectNode addon) {
        ObjectNode dump = addon.deepCopy();
        ObjectNode parameters = (ObjectNode) dump.path("parameters");
        for (String name : SENSITIVE) {
            if (parameters.has(name)) {
                parameters.put(name, Json.fingerprint(Json.text(parameters, name, "")));
            }
        }
        return dump;
    }

    /** As events tell of it. */
    private static ObjectNode bare(ObjectNode addon) {
        return addon.deepCopy().without("parameters");
    }

    private ObjectNode find(Call call) {
        ObjectNode addon = addons.get(GithubAnswers.number(call.at("id"), -1));
        if (addon == null) {
            throw UnleashErrors.notFound("Could not find addon");
        }
        return addon;
    }

    private static ObjectNode valid(ObjectNode body) {
        if (!Json.text(body, "provider", "").equals("webhook")
                || Json.text(body.path("parameters"), "url", "").isEmpty()) {
            throw UnleashErrors.badSchema();
        }
        return body;
    }

    private static ObjectNode stored(int id, JsonNode given, String createdAt) {
        ObjectNode addon = Json.object();
        addon.put("id", id).put("provider", Json.text(given, "provider", "webhook"));
        addon.put("enabled", Json.flag(given, "enabled", true));
        addon.put("description", Json.text(given, "description", ""));
        addon.set("parameters", given.path("parameters").deepCopy());
        for (String list : new String[] {"events", "projects", "environments"}) {
            addon.set(list, given.path(list).isArray() ? given.path(list).deepCopy() : Json.array());
        }
        return addon.put("createdAt", createdAt);
    }

    private static ObjectNode masked(ObjectNode addon) {
        ObjectNode masked = addon.deepCopy();
        ObjectNode parameters = (ObjectNode) masked.path("parameters");
        SENSITIVE.stream().filter(parameters::has).forEach(name -> parameters.put(name, MASK));
        return masked;
    }
}
