package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests that change flags of one project. An answer of success proves nothing: unknown names are ignored. */
final class UnleashChanges {

    private static final String FEATURES = "/api/admin/projects/{}/features";
    private static final String FEATURE = FEATURES + "/{}";

    private final Api api;
    private final String project;

    UnleashChanges(Api api, String project) {
        this.api = api;
        this.project = project;
    }

    void archive(Collection<String> flags) {
        api.call(of("/api/admin/projects/{}/archive").body(names(flags)));
    }

    /**
     * Always by the batch endpoint, which leaves flags that live already alone; the single one would switch off all their
     * environments ({@code feature-revive-on-live-flag}).
     */
    void revive(Collection<String> flags) {
        api.call(of("/api/admin/projects/{}/revive").body(names(flags)));
    }

    /**
     * By the batch endpoint, which refuses flags of other projects. Of a flag that is not archived it says 200 as well, and
     * records that it deleted it ({@code batch-delete-not-archived}): to be sent only for flags that were seen archived.
     */
    void delete(Collection<String> flags) {
        api.call(of("/api/admin/projects/{}/delete").body(names(flags)));
    }

    void mark(Collection<String> flags, boolean stale) {
        api.call(of("/api/admin/projects/{}/stale").body(names(flags).put("stale", stale)));
    }

    void switchOn(String flag, String environment) {
        api.call(Request.of("POST", FEATURE + "/environments/{}/on", project, flag, environment));
    }

    void switchOff(String flag, String environment) {
        api.call(Request.of("POST", FEATURE + "/environments/{}/off", project, flag, environment));
    }

    void addDependency(String flag, JsonNode dependency) {
        api.call(Request.of("POST", FEATURE + "/dependencies", project, flag).body(dependency));
    }

    /** Only to a flag that lives: of an archived one the server says that it is not there. */
    void addLink(String flag, JsonNode link) {
        api.call(Request.of("POST", FEATURE + "/link", project, flag).body(link));
    }

    void create(ObjectNode feature) {
        api.call(of(FEATURES).body(feature));
    }

    void createTagType(String name) {
        ObjectNode type = JsonMapper.shared().createObjectNode();
        type.put("name", name).put("description", "").put("icon", "");
        api.call(Request.of("POST", "/api/admin/tag-types").body(type));
    }

    /** @param tag written type:value */
    void addTag(String flag, String tag) {
        int colon = tag.indexOf(':');
        ObjectNode body = JsonMapper.shared().createObjectNode();
        body.put("type", tag.substring(0, colon)).put("value", tag.substring(colon + 1));
        api.call(Request.of("POST", "/api/admin/features/{}/tags", flag).body(body));
    }

    /** Unleash gives it an id of its own, also where one is named ({@code recreate-strategy-with-id}). */
    void addStrategy(String flag, String environment, JsonNode strategy) {
        ObjectNode body = strategy.deepCopy().asObject();
        ArrayNode segments = body.putArray("segments");
        strategy.path("segments").forEach(id -> segments.add(Integer.parseInt(id.asString())));
        api.call(Request.of("POST", FEATURE + "/environments/{}/strategies", project, flag, environment)
                .body(body));
    }

    void setVariants(String flag, String environment, List<JsonNode> variants) {
        api.call(Request.of("PUT", FEATURE + "/environments/{}/variants", project, flag, environment)
                .body(JsonMapper.shared().valueToTree(variants)));
    }

    private Request of(String template) {
        return Request.of("POST", template, project);
    }

    private static ObjectNode names(Collection<String> flags) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        flags.forEach(body.putArray("features")::add);
        return body;
    }
}
