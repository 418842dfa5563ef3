package dev.sweepback.adapter.launchdarkly;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/** The requests to LaunchDarkly that concern the flags of one project. */
final class LaunchDarklyApi {

    private static final int LARGEST_PAGE = 100;
    private static final String FLAGS = "/api/v2/flags/{}";
    private static final String FLAG = "/api/v2/flags/{}/{}";

    private final Api api;
    private final String connection;
    private final String project;

    LaunchDarklyApi(Api api, String connection, String project) {
        this.api = api;
        this.connection = connection;
        this.project = project;
    }

    /** All flags that are not archived. A project that does not exist is an error. */
    List<JsonNode> list() {
        return new FlagPages(this::page, connection).all();
    }

    /** By key, so that the order stays while flags are changed. Links to further pages are not followed: the place is counted. */
    private FlagPages.Page page(int offset) {
        Request request = Request.get(FLAGS, project)
                .query("limit", Integer.toString(LARGEST_PAGE))
                .query("offset", Integer.toString(offset))
                .query("sort", "key");
        JsonNode body = api.json(request);
        if (!body.path("items").isArray() || !body.path("totalCount").canConvertToInt()) {
            throw api.malformed(request, "was not answered with a list of flags and their number");
        }
        List<JsonNode> flags = List.copyOf(body.path("items").values());
        flags.forEach(flag -> requireFlag(request, flag));
        return new FlagPages.Page(
                flags,
                body.path("totalCount").intValue(),
                body.path("_links").path("next").isObject());
    }

    /** The flag, archived or not; empty only if the project is visible and does not have it. */
    Optional<JsonNode> flag(String key) {
        Request request = Request.get(FLAG, project, key);
        Response response = api.callIfThere(request);
        if (response.status() == 404) {
            api.json(request, response);
            requireVisible();
            return Optional.empty();
        }
        JsonNode flag = api.json(request, response);
        requireFlag(request, flag);
        if (!flag.path("key").asString().equals(key)) {
            throw api.malformed(request, "is not the flag that was asked for");
        }
        return Optional.of(flag);
    }

    /** A flag of a project that is not there is answered with 404 too; a list tells the two apart. */
    private void requireVisible() {
        Request request = Request.get(FLAGS, project).query("limit", "1");
        if (!api.json(request).path("items").isArray()) {
            throw api.malformed(request, "was not answered with a list of flags");
        }
    }

    /**
     * Changes nothing if the flag is not of this version any more.
     *
     * @return the answer, also a 404
     */
    Response setArchived(String key, JsonNode version, boolean archived) {
        ArrayNode patch = JsonMapper.shared().createArrayNode();
        patch.addObject().put("op", "test").put("path", "/_version").set("value", version);
        patch.addObject().put("op", "replace").put("path", "/archived").put("value", archived);
        Request request = Request.of("PATCH", FLAG, project, key).body(patch);
        Response response = api.callIfThere(request);
        if (response.successful()) {
            requireFlag(request, api.json(request, response));
        }
        return response;
    }

    ConnectorException failure(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }

    private void requireFlag(Request request, JsonNode flag) {
        if (flag.path("key").asString("").isBlank()
                || !flag.path("name").isString()
                || !flag.path("kind").isString()
                || !flag.path("_version").isIntegralNumber()
                || !flag.path("creationDate").isIntegralNumber()
                || !flag.path("archived").isBoolean()
                || !flag.path("temporary").isBoolean()
                || !flag.path("tags").isArray()) {
            throw api.malformed(request, "holds something that is no flag");
        }
    }
}
