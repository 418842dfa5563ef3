package dev.sweepback.adapter.github;

import dev.sweepback.adapter.hook.Hooks;
import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The requests to GitHub that concern the webhooks of one repository or organization. */
final class GithubApi {

    private static final String LARGEST_PAGE = "100";
    private static final String HOOK = "/{}";
    private static final String DELIVERIES = "/{}/deliveries";

    private final Api api;
    private final HookOwner owner;

    GithubApi(Api api, HookOwner owner) {
        this.api = api;
        this.owner = owner;
    }

    HookOwner owner() {
        return owner;
    }

    /** @param next leads to the page after this one */
    record Page(Request request, List<JsonNode> items, Optional<Instant> answeredAt, Optional<Request> next) {}

    /** All hooks, every page. A place that does not exist, or that the token may not see, is an error. */
    Hooks.Listing list() {
        Map<Long, JsonNode> hooks = new TreeMap<>();
        Set<Optional<URI>> visited = new HashSet<>();
        Request request = owner.request("GET", "").query("per_page", LARGEST_PAGE);
        while (true) {
            Page page = page(request);
            for (JsonNode hook : page.items()) {
                requireHook(request, hook);
                hooks.put(hook.path("id").longValue(), hook);
            }
            if (page.next().isEmpty()) {
                return new Hooks.Listing(List.copyOf(hooks.values()), page.answeredAt());
            }
            Request next = page.next().get();
            if (!visited.add(next.address())) {
                throw api.malformed(request, "names a next page that was read already");
            }
            request = next;
        }
    }

    /**
     * The newest deliveries of a hook. Only to read less: by its description {@code success} also holds what was answered with
     * 3xx, and a server that does not know the parameter gives all.
     */
    Page deliveries(String id) {
        return page(owner.request("GET", DELIVERIES, id)
                .query("per_page", LARGEST_PAGE)
                .query("status", "success"));
    }

    /** One page of a list, and the link that GitHub gives to the next one. */
    Page page(Request request) {
        Response response = api.call(request);
        JsonNode items = api.json(request, response);
        if (!items.isArray()) {
            throw api.malformed(request, "was not answered with a list");
        }
        if (response.header("link").orElse("").contains("rel=\"next\"")
                && response.next().isEmpty()) {
            throw api.malformed(request, "names a next page in a way that cannot be read");
        }
        return new Page(
                request,
                List.copyOf(items.values()),
                response.date(),
                response.next().map(Request::follow));
    }

    /** The hook; empty only if the repository or organization is visible and does not have it. */
    Optional<JsonNode> hook(String id) {
        Request request = owner.request("GET", HOOK, id);
        Response response = api.send(request);
        if (response.status() == 404) {
            api.json(request, response);
            requireVisible();
            return Optional.empty();
        }
        if (!response.successful()) {
            throw api.judge(request, response);
        }
        JsonNode hook = api.json(request, response);
        requireHook(request, hook);
        if (!hook.path("id").asString("").equals(id)) {
            throw api.malformed(request, "is not the hook that was asked for");
        }
        return Optional.of(hook);
    }

    /** GitHub answers 404 also what the token may not see; a list that it may see tells the two apart. */
    private void requireVisible() {
        Request request = owner.request("GET", "").query("per_page", "1");
        if (!api.json(request).isArray()) {
            throw api.malformed(request, "was not answered with a list of hooks");
        }
    }

    /**
     * Never with {@code config}: a change that carries one without the secret removes the secret.
     *
     * @return the answer, also a 404
     */
    Response setActive(String id, boolean active) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        Request request = owner.request("PATCH", HOOK, id).body(body.put("active", active));
        Response response = sendToMaybeGone(request);
        if (response.successful()) {
            requireHook(request, api.json(request, response));
        }
        return response;
    }

    Response create(ObjectNode body) {
        Request request = owner.request("POST", "").body(body);
        Response response = api.call(request);
        requireHook(request, api.json(request, response));
        return response;
    }

    /** @return the answer, also a 404 */
    Response remove(String id) {
        return sendToMaybeGone(owner.request("DELETE", HOOK, id));
    }

    private Response sendToMaybeGone(Request request) {
        Response response = api.send(request);
        if (!response.successful() && response.status() != 404) {
            throw api.judge(request, response);
        }
        return response;
    }

    ConnectorException malformed(Page page, String what) {
        return api.malformed(page.request(), what);
    }

    private void requireHook(Request request, JsonNode hook) {
        if (!hook.path("id").isIntegralNumber()
                || !hook.path("active").isBoolean()
                || !hook.path("events").isArray()
                || !hook.path("config").path("url").isString()
                || !isTime(hook.path("created_at"))
                || !isTime(hook.path("updated_at"))) {
            throw api.malformed(request, "holds something that is no hook");
        }
    }

    static boolean isTime(JsonNode node) {
        try {
            Instant.parse(node.asString(""));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
