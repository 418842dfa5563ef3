package dev.sweepback.adapter.github;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
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

/** The requests to GitHub that concern the webhooks of one repository. */
final class GithubApi {

    private static final int LARGEST_PAGE = 100;
    private static final String HOOKS = "/repos/{}/{}/hooks";
    private static final String HOOK = HOOKS + "/{}";

    private final Api api;
    private final String connection;
    private final String owner;
    private final String repository;

    GithubApi(Api api, String connection, String repository) {
        List<String> parts = List.of(repository.split("/", -1));
        if (parts.size() != 2 || parts.stream().anyMatch(String::isBlank)) {
            throw new ConnectorException(
                    Kind.REJECTED,
                    connection,
                    "its repository is not of the form owner/name",
                    "write it as owner/name");
        }
        this.api = api;
        this.connection = connection;
        this.owner = parts.get(0);
        this.repository = parts.get(1);
    }

    /** @param answeredAt the time by GitHub's own clock, to the second, if it told */
    record Listing(List<JsonNode> hooks, Optional<Instant> answeredAt) {}

    /** All hooks, every page. A repository that does not exist, or that the token may not see, is an error. */
    Listing list() {
        Map<Long, JsonNode> hooks = new TreeMap<>();
        Set<URI> visited = new HashSet<>();
        Request request = Request.get(HOOKS, owner, repository).query("per_page", Integer.toString(LARGEST_PAGE));
        while (true) {
            Response response = api.call(request);
            JsonNode page = api.json(request, response);
            if (!page.isArray()) {
                throw api.malformed(request, "was not answered with a list of hooks");
            }
            for (JsonNode hook : page) {
                requireHook(request, hook);
                hooks.put(hook.path("id").longValue(), hook);
            }
            if (response.header("link").orElse("").contains("rel=\"next\"")
                    && response.next().isEmpty()) {
                throw api.malformed(request, "names a next page in a way that cannot be read");
            }
            if (response.next().isEmpty()) {
                return new Listing(List.copyOf(hooks.values()), response.date());
            }
            URI next = response.next().get();
            if (!visited.add(next)) {
                throw api.malformed(request, "names a next page that was read already");
            }
            request = Request.follow(next);
        }
    }

    /** The hook; empty only if the repository is visible and does not have it. */
    Optional<JsonNode> hook(String id) {
        Request request = Request.get(HOOK, owner, repository, id);
        Response response = api.send(request);
        if (response.status() == 404) {
            api.json(request, response);
            return list().hooks().stream()
                    .filter(hook -> hook.path("id").asString("").equals(id))
                    .findFirst();
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

    /**
     * Never with {@code config}: a change that carries one without the secret removes the secret.
     *
     * @return the answer, also a 404
     */
    Response setActive(String id, boolean active) {
        ObjectNode body = JsonMapper.shared().createObjectNode();
        Request request = Request.of("PATCH", HOOK, owner, repository, id).body(body.put("active", active));
        Response response = sendToMaybeGone(request);
        if (response.successful()) {
            requireHook(request, api.json(request, response));
        }
        return response;
    }

    Response create(ObjectNode body) {
        Request request = Request.of("POST", HOOKS, owner, repository).body(body);
        Response response = api.call(request);
        requireHook(request, api.json(request, response));
        return response;
    }

    /** @return the answer, also a 404 */
    Response remove(String id) {
        return sendToMaybeGone(Request.of("DELETE", HOOK, owner, repository, id));
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
                || !hook.path("active").isBoolean()
                || !hook.path("events").isArray()
                || !hook.path("config").path("url").isString()
                || !isTime(hook.path("created_at"))
                || !isTime(hook.path("updated_at"))) {
            throw api.malformed(request, "holds something that is no hook");
        }
    }

    private static boolean isTime(JsonNode node) {
        try {
            Instant.parse(node.asString(""));
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
