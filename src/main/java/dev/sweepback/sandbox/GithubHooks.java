package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hooks of one place: list, read, create, change, remove. */
final class GithubHooks {

    private final Clock clock;
    private final GithubPlace place;
    private final String baseUrl;
    private final LongSupplier ids;
    private final GithubDeliveries deliveries;
    private final Map<Long, GithubHook> hooks = new TreeMap<>();

    /** @param ids gives the next number of a hook, whichever place it belongs to */
    GithubHooks(Clock clock, GithubPlace place, String baseUrl, LongSupplier ids, GithubDeliveries deliveries) {
        this.clock = clock;
        this.place = place;
        this.baseUrl = baseUrl;
        this.ids = ids;
        this.deliveries = deliveries;
    }

    void serve(Routes routes) {
        String path = place.path() + "/hooks";
        String numbered = place.numbered() + "/hooks";
        routes.on("GET", path, this::list)
                .on("POST", path, this::post)
                .on("GET", path + "/{id}", this::get)
                .on("PATCH", path + "/{id}", this::patch)
                .on("DELETE", path + "/{id}", this::delete)
                .on("GET", path + "/{id}/config", this::getConfig)
                .on("PATCH", path + "/{id}/config", this::patchConfig)
                .on("GET", path + "/{id}/deliveries", this::listDeliveries)
                .on("GET", numbered, this::list)
                .on("GET", numbered + "/{id}/deliveries", this::listDeliveries);
    }

    Map<Long, GithubHook> all() {
        return hooks;
    }

    GithubHook create(String target, List<String> events) {
        GithubHook hook = new GithubHook(ids.getAsLong(), place, clock.instant());
        hook.target = target;
        hook.contentType = "json";
        hook.events = List.copyOf(events);
        hooks.put(hook.id, hook);
        return hook;
    }

    GithubHook find(String id) {
        GithubHook hook = id.matches("\\d{1,18}") ? hooks.get(Long.parseLong(id)) : null;
        if (hook == null) {
            throw GithubAnswers.notFound();
        }
        return hook;
    }

    private TwinResponse list(Call call) {
        List<ObjectNode> all = hooks.values().stream().map(this::json).toList();
        return GithubAnswers.page(all, call.request(), numberedUrl());
    }

    private TwinResponse listDeliveries(Call call) {
        return deliveries.list(find(call.at("id")), call.request(), numberedUrl());
    }

    private TwinResponse get(Call call) {
        return TwinResponse.json(200, json(find(call.at("id"))));
    }

    private ObjectNode json(GithubHook hook) {
        return hook.json(baseUrl + place.path(), clock.instant());
    }

    /** Links to further pages name the place by its number. */
    private String numberedUrl() {
        return baseUrl + place.numbered() + "/hooks";
    }

    private TwinResponse getConfig(Call call) {
        return TwinResponse.json(200, find(call.at("id")).config());
    }

    private TwinResponse patchConfig(Call call) {
        GithubHook hook = find(call.at("id"));
        hook.mergeConfig(call.body());
        hook.updatedAt = clock.instant();
        return TwinResponse.json(200, hook.config());
    }

    private TwinResponse post(Call call) {
        ObjectNode body = call.body();
        JsonNode config = body.path("config");
        String target = Json.text(config, "url", "");
        requireUrl(target);
        if (!place.isRepository() && !Json.text(body, "name", "").equals("web")) {
            throw GithubAnswers.invalid("missing_field", "name must be web");
        }
        List<String> events = body.path("events").isArray() ? Json.strings(body.path("events")) : List.of("push");
        if (hooks.values().stream().anyMatch(hook -> overlaps(hook, config, events))) {
            throw GithubAnswers.invalid(
                    "custom", "Hook already exists on this " + place.type().toLowerCase(Locale.ROOT));
        }
        GithubHook hook = create(target, events);
        hook.replaceConfig(config);
        hook.active = Json.flag(body, "active", true);
        deliveries.send(hook, "ping", 200);
        ObjectNode json = json(hook);
        return TwinResponse.json(201, json).with("Location", Json.text(json, "url", ""));
    }

    private TwinResponse patch(Call call) {
        GithubHook hook = find(call.at("id"));
        ObjectNode body = call.body();
        if (body.path("config").isObject()) {
            requireUrl(Json.text(body.path("config"), "url", hook.target));
            hook.replaceConfig(body.path("config"));
        }
        hook.events = events(hook.events, body);
        hook.active = Json.flag(body, "active", hook.active);
        hook.updatedAt = clock.instant();
        return TwinResponse.json(200, json(hook));
    }

    private TwinResponse delete(Call call) {
        hooks.remove(find(call.at("id")).id);
        return TwinResponse.empty(204);
    }

    private static List<String> events(List<String> before, ObjectNode body) {
        Set<String> events =
                new LinkedHashSet<>(body.path("events").isArray() ? Json.strings(body.path("events")) : before);
        events.addAll(Json.strings(body.path("add_events")));
        Json.strings(body.path("remove_events")).forEach(events::remove);
        return List.copyOf(new ArrayList<>(events));
    }

    private static boolean overlaps(GithubHook hook, JsonNode config, List<String> events) {
        return hook.target.equals(Json.text(config, "url", ""))
                && hook.contentType.equals(Json.text(config, "content_type", "form"))
                && (hook.events.contains("*")
                        || events.contains("*")
                        || hook.events.stream().anyMatch(events::contains));
    }

    private static void requireUrl(String target) {
        if (!target.matches("https?://[^/].*")) {
            throw GithubAnswers.invalid("custom", "url is missing a scheme");
        }
    }
}
