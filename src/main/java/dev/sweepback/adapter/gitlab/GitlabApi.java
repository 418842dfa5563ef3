package dev.sweepback.adapter.gitlab;

import dev.sweepback.adapter.hook.Hooks;
import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The requests to GitLab that concern the webhooks of one project or group. */
final class GitlabApi {

    private static final String LARGEST_PAGE = "100";

    private final Api api;
    private final String connection;
    private final HookOwner owner;

    GitlabApi(Api api, String connection, HookOwner owner) {
        this.api = api;
        this.connection = connection;
        this.owner = owner;
    }

    HookOwner owner() {
        return owner;
    }

    /** All hooks, every page. A place that does not exist, or that the token may not see, is an error. */
    Hooks.Listing list() {
        Map<Long, JsonNode> hooks = new TreeMap<>();
        int page = 1;
        while (true) {
            Request request = owner.hooks("GET").query("per_page", LARGEST_PAGE).query("page", Integer.toString(page));
            Response response = api.call(request);
            List<JsonNode> items = items(request, response);
            items.forEach(hook -> hooks.put(hook.path("id").longValue(), hook));
            Optional<Integer> next = next(request, response, page, items.isEmpty());
            if (next.isEmpty()) {
                requireAll(request, response, hooks.size());
                return new Hooks.Listing(List.copyOf(hooks.values()), response.date());
            }
            page = next.get();
        }
    }

    private List<JsonNode> items(Request request, Response response) {
        JsonNode items = api.json(request, response);
        if (!items.isArray()) {
            throw api.malformed(request, "was not answered with a list");
        }
        items.forEach(hook -> requireHook(request, hook));
        return List.copyOf(items.values());
    }

    /** The next page as {@code X-Next-Page} names it; without that header there may be one behind every page that holds something. */
    private Optional<Integer> next(Request request, Response response, int page, boolean empty) {
        String next = response.header("x-next-page")
                .orElse(empty ? "" : Integer.toString(page + 1))
                .strip();
        if (next.isEmpty()) {
            return Optional.empty();
        }
        if (empty || !next.equals(Integer.toString(page + 1))) {
            throw api.malformed(request, "names a next page that does not follow, or one after an empty page");
        }
        return Optional.of(page + 1);
    }

    /** Pages are by number, so that a hook which goes meanwhile lets another one be passed over. */
    private void requireAll(Request request, Response response, int found) {
        Optional<String> total = response.header("x-total").map(String::strip).filter(text -> !text.isEmpty());
        if (total.isPresent() && !total.get().equals(Integer.toString(found))) {
            throw failure(
                    Kind.CONFLICT,
                    request + " gave " + found + " hooks of " + total.get() + ": they changed while they were read",
                    "try again");
        }
    }

    /** The hook; empty only if the project or group is visible and does not have it. */
    Optional<JsonNode> hook(String id) {
        Request request = owner.hook("GET", id);
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

    /** GitLab answers 404 also what the token may not see; a list that it may see tells the two apart. */
    private void requireVisible() {
        Request request = owner.hooks("GET").query("per_page", "1");
        items(request, api.call(request));
    }

    /** @return the answer, also a 404 */
    Response change(String id, ObjectNode body) {
        Request request = owner.hook("PUT", id).body(body);
        Response response = sendToMaybeGone(request);
        if (response.successful()) {
            requireHook(request, api.json(request, response));
        }
        return response;
    }

    Response create(ObjectNode body) {
        Request request = owner.hooks("POST").body(body);
        Response response = api.call(request);
        requireHook(request, api.json(request, response));
        return response;
    }

    /** @return the answer, also a 404 */
    Response remove(String id) {
        return sendToMaybeGone(owner.hook("DELETE", id));
    }

    private Response sendToMaybeGone(Request request) {
        Response response = api.send(request);
        if (!response.successful() && response.status() != 404) {
            throw api.judge(request, response);
        }
        return response;
    }

    ConnectorException failure(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }

    private void requireHook(Request request, JsonNode hook) {
        if (!hook.path("id").isIntegralNumber()
                || hook.path("url").asString("").isBlank()
                || !hook.path("push_events").isBoolean()
                || !hook.path("enable_ssl_verification").isBoolean()
                || !isTime(hook.path("created_at"))) {
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
