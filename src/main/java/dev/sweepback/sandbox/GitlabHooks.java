package dev.sweepback.sandbox;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The hooks of one place: list, read, create, change, remove. */
final class GitlabHooks {

    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Clock clock;
    private final String place;
    private final long placeId;
    private final LongSupplier ids;
    private final Map<Long, GitlabHook> hooks = new TreeMap<>();

    /**
     * @param place how a hook names what it belongs to: {@code project_id}
     * @param ids gives the next number of a hook, whichever place it belongs to
     */
    GitlabHooks(Clock clock, String place, long placeId, LongSupplier ids) {
        this.clock = clock;
        this.place = place;
        this.placeId = placeId;
        this.ids = ids;
    }

    void serve(Routes routes, String path) {
        routes.on("GET", path, this::list)
                .on("POST", path, this::post)
                .on("GET", path + "/{id}", call -> TwinResponse.json(200, json(find(call))))
                .on("PUT", path + "/{id}", this::put)
                .on("DELETE", path + "/{id}", this::delete);
    }

    Map<Long, GitlabHook> all() {
        return hooks;
    }

    GitlabHook add(String url, List<String> events, @Nullable String token) {
        GitlabHook hook = new GitlabHook(ids.getAsLong(), url, clock.instant());
        hook.events.replaceAll((name, on) -> events.contains(name));
        hook.token = token;
        hooks.put(hook.id, hook);
        return hook;
    }

    private ObjectNode json(GitlabHook hook) {
        return hook.json().put(place, placeId);
    }

    private TwinResponse list(Call call) {
        int size = Math.min(LARGEST_PAGE, number(call, "per_page", USUAL_PAGE));
        int page = number(call, "page", 1);
        List<ObjectNode> all = hooks.values().stream().map(this::json).toList();
        int from = Math.min(all.size(), (page - 1) * size);
        int to = Math.min(all.size(), from + size);
        return TwinResponse.json(200, Json.nodes(all.subList(from, to)))
                .with("X-Page", Integer.toString(page))
                .with("X-Next-Page", to < all.size() ? Integer.toString(page + 1) : "")
                .with("X-Total", Integer.toString(all.size()));
    }

    private static int number(Call call, String name, int fallback) {
        String text = call.request().query(name, "");
        return text.matches("[1-9]\\d{0,5}") ? Integer.parseInt(text) : fallback;
    }

    /** A new hook listens to pushes, whatever else is asked for, unless that is switched off. */
    private TwinResponse post(Call call) {
        requireUrl(call.body());
        GitlabHook hook = new GitlabHook(ids.getAsLong(), Json.text(call.body(), "url", ""), clock.instant());
        hook.change(call.body());
        hooks.put(hook.id, hook);
        return TwinResponse.json(201, json(hook));
    }

    private TwinResponse put(Call call) {
        GitlabHook hook = find(call);
        requireUrl(call.body());
        hook.change(call.body());
        return TwinResponse.json(200, json(hook));
    }

    private static void requireUrl(ObjectNode body) {
        String url = Json.text(body, "url", "");
        if (url.isEmpty()) {
            throw new Refused(TwinResponse.json(400, Json.object().put("error", "url is missing")));
        }
        if (!url.matches("https?://[^/].*")) {
            throw error(422, "Invalid url given");
        }
    }

    private TwinResponse delete(Call call) {
        hooks.remove(find(call).id);
        return TwinResponse.empty(204);
    }

    private GitlabHook find(Call call) {
        String id = call.at("id");
        GitlabHook hook = id.matches("\\d{1,18}") ? hooks.get(Long.parseLong(id)) : null;
        if (hook == null) {
            throw error(404, "404 Not found");
        }
        return hook;
    }

    static Refused error(int status, String message) {
        return new Refused(TwinResponse.json(status, Json.object().put("message", message)));
    }
}
