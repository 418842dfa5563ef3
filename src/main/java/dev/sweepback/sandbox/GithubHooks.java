package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The hooks of the one repository: list, read, create, change, remove. */
final class GithubHooks {

    private final Clock clock;
    private final Supplier<String> repositoryUrl;
    private final Supplier<String> pagesUrl;
    private final Map<Long, GithubHook> hooks = new TreeMap<>();
    private long lastId = 41_000_000;

    GithubHooks(Clock clock, Supplier<String> repositoryUrl, Supplier<String> pagesUrl) {
        this.clock = clock;
        this.repositoryUrl = repositoryUrl;
        this.pagesUrl = pagesUrl;
    }

    Map<Long, GithubHook> all() {
        return hooks;
    }

    GithubHook create(String target, List<String> events) {
        lastId += 17;
        GithubHook hook = new GithubHook(lastId, clock.instant());
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

    TwinResponse list(Call call) {
        List<ObjectNode> all = hooks.values().stream()
                .map(hook -> hook.json(repositoryUrl.get()))
                .toList();
        return GithubAnswers.page(all, call.request(), pagesUrl.get() + "/hooks");
    }

    TwinResponse get(Call call) {
        return TwinResponse.json(200, find(call.at("id")).json(repositoryUrl.get()));
    }

    TwinResponse getConfig(Call call) {
        return TwinResponse.json(200, find(call.at("id")).config());
    }

    TwinResponse patchConfig(Call call) {
        GithubHook hook = find(call.at("id"));
        hook.mergeConfig(call.body());
        hook.updatedAt = clock.instant();
        return TwinResponse.json(200, hook.config());
    }

    TwinResponse post(Call call) {
        ObjectNode body = call.body();
        JsonNode config = body.path("config");
        String target = Json.text(config, "url", "");
        requireUrl(target);
        List<String> events = body.path("events").isArray() ? Json.strings(body.path("events")) : List.of("push");
        if (hooks.values().stream().anyMatch(hook -> overlaps(hook, config, events))) {
            throw GithubAnswers.invalid("custom", "Hook already exists on this repository");
        }
        GithubHook hook = create(target, events);
        hook.replaceConfig(config);
        hook.active = Json.flag(body, "active", true);
        ObjectNode json = hook.json(repositoryUrl.get());
        return TwinResponse.json(201, json).with("Location", Json.text(json, "url", ""));
    }

    TwinResponse patch(Call call) {
        GithubHook hook = find(call.at("id"));
        ObjectNode body = call.body();
        if (body.path("config").isObject()) {
            requireUrl(Json.text(body.path("config"), "url", hook.target));
            hook.replaceConfig(body.path("config"));
        }
        hook.events = events(hook.events, body);
        hook.active = Json.flag(body, "active", hook.active);
        hook.updatedAt = clock.instant();
        return TwinResponse.json(200, hook.json(repositoryUrl.get()));
    }

    TwinResponse delete(Call call) {
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
