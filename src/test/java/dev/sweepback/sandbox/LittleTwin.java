package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A system that nobody runs, with the habits of many: ids of its own, masked secrets, versions, creation in two requests, and
 * every way of paging.
 */
public final class LittleTwin implements Twin {

    private static final int SERVED_AT_MOST = 20;

    private final Object lock = new Object();
    private final Clock clock;
    private final Map<String, ObjectNode> things = new LinkedHashMap<>();
    private final Routes routes;
    private final TwinServer server;
    private int last;
    private UnaryOperator<ObjectNode> list = UnaryOperator.identity();
    private String link = "";

    private LittleTwin(Clock clock) {
        this.clock = clock;
        String path = "/api/here/things";
        routes = new Routes()
                .on("GET", path, this::list)
                .on("POST", "/api/here/search", this::list)
                .on("POST", path, call -> TwinResponse.json(201, shown(create(call.body()))))
                .on("GET", path + "/{key}", this::get)
                .on("PUT", path + "/{key}", this::put)
                .on("DELETE", path + "/{key}", this::delete);
        server = new TwinServer(0, this::answer);
        server.start();
    }

    public static LittleTwin start(Clock clock) {
        return new LittleTwin(clock);
    }

    @Override
    public URI url() {
        return server.url();
    }

    @Override
    public String token() {
        return "little-secret-0815";
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    /** Answers to lists pass through this. */
    public void listAs(UnaryOperator<ObjectNode> change) {
        list = change;
    }

    /** The next {@code Link} header instead of the right one. */
    public void linkTo(String target) {
        link = target;
    }

    public String add(String title, boolean enabled, String stage) {
        synchronized (lock) {
            ObjectNode thing = create(Json.object().put("title", title));
            return change(thing, Json.object().put("enabled", enabled).put("stage", stage))
                    .path("key")
                    .asString();
        }
    }

    public void change(String key, JsonNode change) {
        synchronized (lock) {
            change(thing(key), change);
        }
    }

    public void remove(String key) {
        synchronized (lock) {
            things.remove(key);
        }
    }

    /** Each {@code thing:KEY}. */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            things.forEach((key, thing) -> {
                ObjectNode entry = thing.deepCopy();
                entry.set("bookkeeping", entry.remove("meta"));
                dump.set("thing:" + key, entry);
            });
            return dump;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private TwinResponse answer(TwinRequest request) {
        synchronized (lock) {
            try {
                if (!request.header("x-api-key").equals(token())) {
                    throw error(401, "who are you?");
                }
                return routes.answer(request).orElseThrow(() -> error(404, "nothing here"));
            } catch (Refused refused) {
                return refused.response();
            }
        }
    }

    private TwinResponse list(Call call) {
        List<ObjectNode> all = new ArrayList<>(things.values());
        int size = Math.min(SERVED_AT_MOST, Integer.parseInt(call.request().query("size", "1000")));
        int from =
                Integer.parseInt(call.request().query("offset", call.request().query("cursor", "0")));
        if (call.request().query().containsKey("page")) {
            from = (Integer.parseInt(call.request().query("page", "1")) - 1) * size;
        }
        boolean whole = call.request().query().isEmpty();
        int to = whole ? all.size() : Math.min(all.size(), from + size);
        List<ObjectNode> page = all.subList(Math.min(from, to), to);
        ObjectNode body = Json.object();
        body.set("things", Json.nodes(page.stream().map(LittleTwin::shown).toList()));
        body.set(
                "keys",
                Json.array(
                        page.stream().map(thing -> thing.path("key").asString()).toList()));
        body.put("total", all.size()).put("more", to < all.size());
        if (to < all.size()) {
            body.put("cursor", Integer.toString(to));
        }
        TwinResponse response = TwinResponse.json(200, list.apply(body));
        String next = link.isEmpty() ? url() + "/api/here/things?offset=" + to + "&size=" + size : link;
        return to < all.size() || !link.isEmpty()
                ? response.with("Link", "<" + url() + "/api/here/things>; rel=\"first\", <" + next + ">; rel=\"next\"")
                : response;
    }

    private ObjectNode create(ObjectNode body) {
        String title = Json.text(body, "title", "");
        if (things.values().stream()
                .anyMatch(thing -> thing.path("title").asString().equals(title))) {
            throw error(409, "there is one of that title");
        }
        ObjectNode thing = Json.object();
        String key = "k-" + ++last;
        thing.put("key", key).put("title", title).put("enabled", false).put("stage", "draft");
        thing.put("secret", "s-" + key).put("createdAt", clock.instant().getEpochSecond());
        thing.set("labels", body.path("labels").isArray() ? body.get("labels") : Json.array(List.of("a", "b")));
        thing.putObject("meta").put("version", 1);
        changed(thing);
        things.put(key, thing);
        return thing;
    }

    private TwinResponse get(Call call) {
        ObjectNode thing = thing(call.at("key"));
        return TwinResponse.json(200, shown(thing)).with("ETag", etag(thing));
    }

    private static String etag(ObjectNode thing) {
        return "\"v" + thing.path("meta").path("version").asInt() + "\"";
    }

    private TwinResponse put(Call call) {
        ObjectNode thing = thing(call.at("key"));
        String match = call.request().header("if-match");
        if (!match.isEmpty() && !match.equals(etag(thing))) {
            throw error(412, "changed");
        }
        return TwinResponse.json(200, shown(change(thing, call.body())));
    }

    private ObjectNode change(ObjectNode thing, JsonNode change) {
        for (String field : List.of("title", "enabled", "stage", "labels", "weight")) {
            if (change.has(field)) {
                thing.set(field, change.get(field));
            }
        }
        if (!thing.path("stage").asString().equals("retired")) {
            thing.remove("retiredAt");
        } else if (!thing.has("retiredAt")) {
            thing.put("retiredAt", clock.instant().toString());
        }
        ObjectNode meta = (ObjectNode) thing.get("meta");
        meta.put("version", meta.path("version").asInt() + 1);
        changed(thing);
        return thing;
    }

    private void changed(ObjectNode thing) {
        ((ObjectNode) thing.get("meta"))
                .put("changed", clock.instant().toEpochMilli())
                .put("second", clock.instant().getEpochSecond());
    }

    private TwinResponse delete(Call call) {
        things.remove(thing(call.at("key")).path("key").asString());
        return TwinResponse.empty(204);
    }

    private ObjectNode thing(String key) {
        ObjectNode thing = things.get(key);
        if (thing == null) {
            throw error(404, "no such thing");
        }
        return thing;
    }

    private static ObjectNode shown(ObjectNode thing) {
        return thing.deepCopy().put("secret", "********");
    }

    private static Refused error(int status, String what) {
        return new Refused(TwinResponse.json(status, Json.object().put("error", what)));
    }
}
