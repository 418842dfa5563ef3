package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * LaunchDarkly as far as the flags of one project go. It rests on LaunchDarkly's public API documentation (version 20240415), not on
 * recordings of the real system. Safe for use from several threads.
 */
public final class LaunchDarklyTwin implements Twin {

    private static final String PROJECT = "checkout";
    private static final String FLAGS = "/api/v2/flags/" + PROJECT;
    private static final int USUAL_PAGE = 20;
    private static final int LARGEST_PAGE = 100;

    private final Object lock = new Object();
    private final Clock clock;
    private final Map<String, LaunchDarklyFlag> flags = new TreeMap<>();
    private final LaunchDarklyAllowance allowance;
    private final Routes routes;
    private final TwinServer server;

    private LaunchDarklyTwin(Clock clock) {
        this.clock = clock;
        allowance = new LaunchDarklyAllowance(clock);
        routes = new Routes()
                .on("GET", FLAGS, this::list)
                .on(
                        "GET",
                        FLAGS + "/{key}",
                        call -> TwinResponse.json(200, find(call).json()))
                .on("PATCH", FLAGS + "/{key}", this::patch)
                .on("DELETE", FLAGS + "/{key}", this::delete);
        server = new TwinServer(0, this::answer);
        server.start();
    }

    /** Listens on any free port of the loopback address. */
    public static LaunchDarklyTwin start(Clock clock) {
        return new LaunchDarklyTwin(clock);
    }

    @Override
    public URI url() {
        return server.url();
    }

    /** The only project. */
    public String project() {
        return PROJECT;
    }

    @Override
    public String token() {
        return "api-sandbox0-0000-4000-8000-000000000000";
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    /** Adds a temporary flag with targeting in two environments, as a person does. */
    public void addFlag(String key, List<String> tags) {
        synchronized (lock) {
            flags.put(key, LaunchDarklyFlag.create(key, tags, clock.instant()));
        }
    }

    /** Replaces what is at a JSON pointer of a flag, as a person does. */
    public void changeFlag(String key, String pointer, JsonNode value) {
        synchronized (lock) {
            flag(key).replace(pointer, value, clock.instant());
        }
    }

    public void removeFlag(String key) {
        synchronized (lock) {
            flags.remove(key);
        }
    }

    public boolean isArchived(String key) {
        synchronized (lock) {
            return flag(key).isArchived();
        }
    }

    /** Lets so many more requests through in these ten seconds, of the account or of the route. */
    public void limit(int requests, boolean ofTheRoute) {
        synchronized (lock) {
            allowance.limit(requests, ofTheRoute);
        }
    }

    /** Each {@code flag:KEY} with what affects behaviour; what the server writes itself is under {@code bookkeeping}. */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            flags.forEach((key, flag) -> dump.set("flag:" + key, flag.dump()));
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private TwinResponse answer(TwinRequest request) {
        synchronized (lock) {
            TwinResponse response;
            try {
                if (!request.header("authorization").equals(token())) {
                    throw error(401, "unauthorized", "Invalid access token");
                }
                allowance.take();
                response = routes.answer(request)
                        .orElseThrow(() -> error(404, "not_found", "Invalid resource identifier"));
            } catch (Refused refused) {
                response = refused.response();
            } catch (tools.jackson.core.JacksonException e) {
                response = error(400, "invalid_request", "Invalid JSON").response();
            }
            return allowance.headers(response);
        }
    }

    private TwinResponse list(Call call) {
        boolean archived = call.request().query("filter", "").contains("state:archived");
        List<LaunchDarklyFlag> all = flags.values().stream()
                .filter(flag -> flag.isArchived() == archived)
                .toList();
        int limit = Math.min(LARGEST_PAGE, number(call, "limit", USUAL_PAGE));
        int offset = number(call, "offset", 0);
        int from = Math.min(offset, all.size());
        int to = Math.min(all.size(), from + limit);
        ObjectNode body = Json.object();
        body.set(
                "items",
                Json.nodes(all.subList(from, to).stream()
                        .map(LaunchDarklyFlag::summary)
                        .toList()));
        ObjectNode links = body.putObject("_links");
        links.putObject("self").put("href", FLAGS + "?limit=" + limit + "&offset=" + offset);
        if (to < all.size()) {
            links.putObject("next").put("href", FLAGS + "?limit=" + limit + "&offset=" + to);
        }
        body.put("totalCount", all.size());
        return TwinResponse.json(200, body);
    }

    private static int number(Call call, String name, int fallback) {
        String text = call.request().query(name, "");
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : fallback;
    }

    /** A JSON patch: all of it, or nothing where one of its tests fails. */
    private TwinResponse patch(Call call) {
        LaunchDarklyFlag flag = find(call);
        JsonNode patch = Json.parse(call.request().body());
        if (!patch.isArray()) {
            throw error(400, "invalid_request", "Invalid JSON patch");
        }
        for (JsonNode step : patch) {
            boolean test = Json.text(step, "op", "").equals("test");
            if (test && !flag.at(Json.text(step, "path", "")).equals(step.path("value"))) {
                throw error(409, "optimistic_locking_error", "Conflict. Optimistic lock error. Try again.");
            }
        }
        for (JsonNode step : patch) {
            if (Json.text(step, "op", "").equals("replace")) {
                flag.replace(Json.text(step, "path", ""), step.path("value"), clock.instant());
            }
        }
        return TwinResponse.json(200, flag.json());
    }

    private TwinResponse delete(Call call) {
        find(call);
        flags.remove(call.at("key"));
        return TwinResponse.empty(204);
    }

    private LaunchDarklyFlag find(Call call) {
        if (!flags.containsKey(call.at("key"))) {
            throw error(404, "not_found", "Unknown feature key " + call.at("key"));
        }
        return flag(call.at("key"));
    }

    private LaunchDarklyFlag flag(String key) {
        return java.util.Objects.requireNonNull(flags.get(key), "no such flag");
    }

    static Refused error(int status, String code, String message) {
        return new Refused(
                TwinResponse.json(status, Json.object().put("code", code).put("message", message)));
    }
}
