package dev.sweepback.sandbox;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Flagsmith as far as the features of one project go. It rests on Flagsmith's public API documentation, not on recordings of a
 * real server. Safe for use from several threads.
 */
public final class FlagsmithTwin implements Twin {

    private static final int LIMIT_A_MINUTE = 500;
    private static final int LARGEST_PAGE = 999;
    private static final int PROJECT = 12;

    private final Object lock = new Object();
    private final Clock clock;
    private final Map<Long, ObjectNode> features = new TreeMap<>();
    private final Routes routes;
    private final TwinServer server;
    private long lastId = 4100;
    private Instant minute;
    private int calls;

    private FlagsmithTwin(Clock clock) {
        this.clock = clock;
        minute = clock.instant();
        String path = "/api/v1/projects/" + PROJECT + "/features";
        routes = new Routes()
                .on("GET", path, this::list)
                .on("POST", path, this::create)
                .on("GET", path + "/{id}", call -> TwinResponse.json(200, find(call)))
                .on("PATCH", path + "/{id}", this::patch)
                .on("DELETE", path + "/{id}", this::delete);
        server = new TwinServer(0, this::answer);
        server.start();
    }

    /** Listens on any free port of the loopback address. */
    public static FlagsmithTwin start(Clock clock) {
        return new FlagsmithTwin(clock);
    }

    @Override
    public URI url() {
        return server.url();
    }

    /** The only project. */
    public int project() {
        return PROJECT;
    }

    @Override
    public String token() {
        return "sandbox0flagsmith0token00000000000000000";
    }

    @Override
    public Faults faults() {
        return server.faults();
    }

    @Override
    public Traffic traffic() {
        return server.traffic();
    }

    /** Adds a feature as a person does; returns its id. */
    public long addFeature(String name, String description) {
        synchronized (lock) {
            ObjectNode body = Json.object();
            body.put("name", name).put("description", description);
            return add(body).path("id").longValue();
        }
    }

    /** Changes a feature as a person does, with the body of a PATCH. */
    public void changeFeature(long id, JsonNode change) {
        synchronized (lock) {
            merge(feature(id), change);
        }
    }

    /** Removes a feature as a person does. */
    public void removeFeature(String name) {
        synchronized (lock) {
            features.values()
                    .removeIf(feature -> feature.path("name").asString().equals(name));
        }
    }

    public List<String> names() {
        synchronized (lock) {
            return features.values().stream()
                    .map(feature -> feature.path("name").asString())
                    .toList();
        }
    }

    /** Each {@code feature:ID} with what affects behaviour; what the server writes itself is under {@code bookkeeping}. */
    @Override
    public ObjectNode dump() {
        synchronized (lock) {
            ObjectNode dump = Json.object();
            features.forEach((id, feature) -> {
                ObjectNode entry = feature.deepCopy();
                entry.putObject("bookkeeping").set("last_modified", entry.remove("last_modified_in_any_environment"));
                dump.set("feature:" + id, entry);
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
                authenticate(request);
                // the framework sends who forgets the slash at the end to the address with it
                return request.path().endsWith("/")
                        ? routes.answer(request).orElseThrow(() -> error(404, "Not found."))
                        : TwinResponse.empty(301).with("Location", request.path() + "/");
            } catch (Refused refused) {
                return refused.response();
            } catch (tools.jackson.core.JacksonException e) {
                return error(400, "JSON parse error").response();
            }
        }
    }

    private void authenticate(TwinRequest request) {
        String credentials = request.header("authorization");
        if (credentials.isEmpty()) {
            throw error(401, "Authentication credentials were not provided.");
        }
        if (!credentials.equals("Token " + token())) {
            throw error(401, "Invalid token.");
        }
        if (!clock.instant().isBefore(minute.plusSeconds(60))) {
            minute = clock.instant();
            calls = 0;
        }
        if (++calls > LIMIT_A_MINUTE) {
            throw new Refused(error(429, "Request was throttled. Expected available in 30 seconds.")
                    .response()
                    .with("Retry-After", "30"));
        }
    }

    private TwinResponse list(Call call) {
        int size = Math.min(LARGEST_PAGE, number(call, "page_size", 10));
        int page = number(call, "page", 1);
        List<ObjectNode> all = new ArrayList<>(features.values());
        int from = (page - 1) * size;
        if (page < 1 || size < 1 || (from >= all.size() && page > 1)) {
            throw error(404, "Invalid page.");
        }
        int to = Math.min(all.size(), from + size);
        ObjectNode body = Json.object();
        body.put("count", all.size());
        body.set("next", to < all.size() ? link(page + 1, size) : body.nullNode());
        body.set("previous", page > 1 ? link(page - 1, size) : body.nullNode());
        body.set("results", Json.nodes(all.subList(from, to)));
        return TwinResponse.json(200, body);
    }

    private JsonNode link(int page, int size) {
        return Json.parse(
                "\"" + url() + "/api/v1/projects/" + PROJECT + "/features/?page=" + page + "&page_size=" + size + "\"");
    }

    private static int number(Call call, String name, int fallback) {
        String text = call.request().query(name, Integer.toString(fallback));
        return text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
    }

    private TwinResponse create(Call call) {
        return TwinResponse.json(201, add(call.body()));
    }

    private ObjectNode add(ObjectNode body) {
        String name = Json.text(body, "name", "");
        if (name.isBlank()) {
            throw invalid("name", "This field is required.");
        }
        requireUnique(name, -1);
        ObjectNode feature = Json.object();
        feature.put("id", ++lastId).put("uuid", UUID.randomUUID().toString()).put("name", name);
        feature.put("type", "STANDARD").put("project", PROJECT);
        feature.put("description", Json.text(body, "description", ""));
        feature.put("created_date", clock.instant().toString());
        feature.put("default_enabled", Json.flag(body, "default_enabled", false));
        feature.set(
                "initial_value",
                body.path("initial_value").isString() ? body.get("initial_value") : feature.nullNode());
        feature.put("is_archived", false).put("is_server_key_only", false);
        feature.putArray("tags");
        feature.putArray("multivariate_options");
        feature.putArray("owners");
        feature.put("last_modified_in_any_environment", clock.instant().toString());
        features.put(lastId, feature);
        return feature;
    }

    private TwinResponse patch(Call call) {
        ObjectNode feature = find(call);
        merge(feature, call.body());
        return TwinResponse.json(200, feature);
    }

    private void merge(ObjectNode feature, JsonNode change) {
        if (change.has("name")) {
            requireUnique(Json.text(change, "name", ""), feature.path("id").longValue());
        }
        if (change.has("is_archived") && !change.path("is_archived").isBoolean()) {
            throw invalid("is_archived", "Must be a valid boolean.");
        }
        for (String field :
                List.of("name", "description", "is_archived", "default_enabled", "is_server_key_only", "tags")) {
            if (change.has(field)) {
                feature.set(field, change.get(field));
            }
        }
        feature.put("last_modified_in_any_environment", clock.instant().toString());
    }

    private TwinResponse delete(Call call) {
        features.remove(find(call).path("id").longValue());
        return TwinResponse.empty(204);
    }

    private ObjectNode find(Call call) {
        String id = call.at("id");
        if (!id.matches("\\d{1,9}") || !features.containsKey(Long.parseLong(id))) {
            throw error(404, "Not found.");
        }
        return feature(Long.parseLong(id));
    }

    private ObjectNode feature(long id) {
        return java.util.Objects.requireNonNull(features.get(id), "no such feature");
    }

    private void requireUnique(String name, long except) {
        boolean taken = features.values().stream()
                .anyMatch(feature -> feature.path("name").asString().equalsIgnoreCase(name)
                        && feature.path("id").longValue() != except);
        if (taken) {
            throw invalid("name", "Feature with that name already exists for this project.");
        }
    }

    private static Refused error(int status, String detail) {
        return new Refused(TwinResponse.json(status, Json.object().put("detail", detail)));
    }

    private static Refused invalid(String field, String why) {
        ObjectNode body = Json.object();
        body.putArray(field).add(why);
        return new Refused(TwinResponse.json(400, body));
    }
}
