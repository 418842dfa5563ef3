package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The in-house flag service of {@code docs/systems/rest.md}: 31 flags, 12 of them of the old version. */
public final class ShopFlagsTwin implements AutoCloseable {

    private static final int PAGE = 10;
    private static final int OLD = 12;
    private static final int ALL = 31;

    private final Object lock = new Object();
    private final Clock clock;
    private final Map<Integer, ObjectNode> flags = new LinkedHashMap<>();
    private final Map<Integer, Integer> versions = new LinkedHashMap<>();
    private final Routes routes;
    private final TwinServer server;
    private int last;

    private ShopFlagsTwin(Clock clock) {
        this.clock = clock;
        routes = new Routes()
                .on("GET", "/api/flags", this::list)
                .on("POST", "/api/flags", call -> TwinResponse.json(201, create(call.body())))
                .on("GET", "/api/flags/{id}", this::get)
                .on("PUT", "/api/flags/{id}", this::put)
                .on("DELETE", "/api/flags/{id}", this::delete);
        server = new TwinServer(0, this::answer);
        for (int index = 1; index <= ALL; index++) {
            ObjectNode flag = create(Json.object().put("key", (index <= OLD ? "dten-v2-" : "shop-") + index));
            flag.put("enabled", true);
        }
        server.start();
    }

    public static ShopFlagsTwin start(Clock clock) {
        return new ShopFlagsTwin(clock);
    }

    public URI url() {
        return server.url();
    }

    public String token() {
        return "shop-secret-0815";
    }

    /** The keys of the flags that are on. */
    public List<String> enabled() {
        synchronized (lock) {
            return flags.values().stream()
                    .filter(flag -> flag.path("enabled").asBoolean())
                    .map(flag -> flag.path("key").asString())
                    .toList();
        }
    }

    private TwinResponse answer(TwinRequest request) {
        synchronized (lock) {
            try {
                if (!request.header("authorization").equals("Bearer " + token())) {
                    throw error(401);
                }
                return routes.answer(request).orElseThrow(() -> error(404));
            } catch (Refused refused) {
                return refused.response();
            }
        }
    }

    private TwinResponse list(Call call) {
        List<ObjectNode> all = new ArrayList<>(flags.values());
        int from = Math.min(all.size(), (Integer.parseInt(call.request().query("page", "1")) - 1) * PAGE);
        ObjectNode body = Json.object().put("total", all.size());
        body.set("flags", Json.nodes(all.subList(from, Math.min(all.size(), from + PAGE))));
        return TwinResponse.json(200, body);
    }

    private ObjectNode create(JsonNode body) {
        int id = ++last;
        ObjectNode flag = Json.object()
                .put("id", id)
                .put("key", body.path("key").asString())
                .put("enabled", false)
                .put("owner", body.path("owner").asString("shop"));
        flags.put(id, flag);
        changed(id, flag);
        return flag;
    }

    private void changed(int id, ObjectNode flag) {
        flag.put("updated", clock.instant().getEpochSecond());
        versions.merge(id, 1, Integer::sum);
    }

    private TwinResponse get(Call call) {
        return TwinResponse.json(200, flag(call)).with("ETag", etag(call));
    }

    private TwinResponse put(Call call) {
        ObjectNode flag = flag(call);
        String match = call.request().header("if-match");
        if (!match.isEmpty() && !match.equals(etag(call))) {
            throw error(412);
        }
        for (String field : List.of("key", "enabled", "owner")) {
            if (call.body().has(field)) {
                flag.set(field, call.body().get(field));
            }
        }
        changed(id(call), flag);
        return TwinResponse.json(200, flag);
    }

    private TwinResponse delete(Call call) {
        flag(call);
        flags.remove(id(call));
        return TwinResponse.empty(204);
    }

    private static int id(Call call) {
        return Integer.parseInt(call.at("id"));
    }

    private String etag(Call call) {
        return "\"" + versions.getOrDefault(id(call), 0) + "\"";
    }

    private ObjectNode flag(Call call) {
        ObjectNode flag = flags.get(id(call));
        if (flag == null) {
            throw error(404);
        }
        return flag;
    }

    private static Refused error(int status) {
        return new Refused(TwinResponse.json(status, Json.object().put("error", status)));
    }

    @Override
    public void close() {
        server.close();
    }
}
