package dev.sweepback.adapter.unleash;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Credential;
import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.ResourceRef;
import dev.sweepback.connector.Secrets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Unleash's admin API tells of the flags of one project. */
final class UnleashApi {

    /** Anything above silently becomes 50 ({@code search-limit-over-100-falls-to-50}). */
    private static final int PAGE = 100;

    private static final int LISTINGS = 3;
    private static final String FEATURE = "/api/admin/projects/{}/features/{}";

    private final Api api;
    private final String connection;
    private final String project;

    UnleashApi(Api api, String connection, String project) {
        this.api = api;
        this.connection = connection;
        this.project = project;
    }

    static Api client(Connection connection, Http http, Secrets secrets) {
        Credential token = new Credential(connection, "token", secrets);
        return new Api(
                connection.name(),
                http,
                () -> Map.of("Authorization", token.get().reveal()),
                new UnleashStatusRule());
    }

    String project() {
        return project;
    }

    ResourceRef ref(String flag) {
        return new ResourceRef("flag", connection, flag);
    }

    /** @throws ConnectorException of kind NOT_FOUND: a search in an unknown project is answered with an empty list */
    void requireProject() {
        Request request = Request.get("/api/admin/projects");
        JsonNode projects = api.json(request).path("projects");
        if (!projects.isArray()) {
            throw api.malformed(request, "has no list of projects");
        }
        boolean known = projects.valueStream()
                .anyMatch(entry -> entry.path("id").asString("").equals(project)
                        && !entry.path("archivedAt").isString());
        if (!known) {
            throw new ConnectorException(
                    Kind.NOT_FOUND,
                    connection,
                    "there is no project '" + project + "', or its token may not see it",
                    "check the connection's project (its id, not its name) and the token's permissions");
        }
    }

    List<JsonNode> live() {
        return list(false);
    }

    List<JsonNode> archived() {
        return list(true);
    }

    /** Empty says nothing: the search by name is a short cut, the list of all archived flags decides. */
    Optional<JsonNode> archived(String flag) {
        Request request = search(true, 0).query("query", flag);
        JsonNode features = api.json(request).path("features");
        if (!features.isArray()) {
            throw api.malformed(request, "has no list of features");
        }
        features.forEach(feature -> requireFlag(request, feature));
        return features.valueStream()
                .filter(feature -> feature.path("name").asString("").equals(flag))
                .findFirst();
    }

    /** Reads again from the start when flags come or go between two pages, for a page then skips some. */
    private List<JsonNode> list(boolean archived) {
        for (int attempt = 0; attempt < LISTINGS; attempt++) {
            Optional<List<JsonNode>> list = listOnce(archived);
            if (list.isPresent()) {
                return list.get();
            }
        }
        throw new ConnectorException(
                Kind.CONFLICT,
                connection,
                "the list of flags changed each of " + LISTINGS + " times while it was read",
                "try again when fewer flags are being changed");
    }

    private Optional<List<JsonNode>> listOnce(boolean archived) {
        Map<String, JsonNode> flags = new LinkedHashMap<>();
        int total = -1;
        int offset = 0;
        do {
            Request request = search(archived, offset);
            JsonNode page = api.json(request);
            JsonNode features = page.path("features");
            JsonNode count = page.path("total");
            if (!features.isArray() || !count.isIntegralNumber()) {
                throw api.malformed(request, "has no list of features and their total");
            }
            if (total >= 0 && total != count.intValue()) {
                return Optional.empty();
            }
            total = count.intValue();
            if (features.size() != Math.min(PAGE, total - offset)) {
                throw api.malformed(request, "holds " + features.size() + " flags from " + offset + " of " + total);
            }
            for (JsonNode feature : features) {
                requireFlag(request, feature);
                flags.put(feature.path("name").asString(), feature);
            }
            offset += PAGE;
        } while (offset < total);
        return flags.size() == total ? Optional.of(List.copyOf(flags.values())) : Optional.empty();
    }

    private Request search(boolean archived, int offset) {
        Request request = Request.get("/api/admin/search/features").query("project", "IS:" + project);
        Request filtered = archived ? request.query("archived", "IS:true") : request;
        return filtered.query("limit", Integer.toString(PAGE))
                .query("offset", Integer.toString(offset))
                .query("sortBy", "name")
                .query("sortOrder", "asc");
    }

    private void requireFlag(Request request, JsonNode feature) {
        if (feature.path("name").asString("").isEmpty()
                || !feature.path("project").asString("").equals(project)
                || !feature.path("environments").isArray()) {
            throw api.malformed(request, "holds something that is no flag of project '" + project + "'");
        }
    }

    /** The flag with its strategies; empty if there is none, or it is archived. */
    Optional<ObjectNode> feature(String flag) {
        Request request = Request.get(FEATURE, project, flag).query("variantEnvironments", "true");
        Response response = api.callIfThere(request);
        if (response.status() == 404) {
            requireNotElsewhere(request, response);
            return Optional.empty();
        }
        if (api.json(request, response) instanceof ObjectNode feature
                && feature.path("name").asString("").equals(flag)
                && feature.path("environments").isArray()) {
            return feature.path("archived").asBoolean(false) ? Optional.empty() : Optional.of(feature);
        }
        throw api.malformed(request, "is not the flag that was asked for");
    }

    /** A 404 that is not Unleash's own, or that tells of another project, must not be taken for absence. */
    private void requireNotElsewhere(Request request, Response response) {
        JsonNode body = api.json(request, response);
        if (!body.path("name").asString("").equals("NotFoundError")) {
            throw api.malformed(request, "was answered with a 404 that is not Unleash's");
        }
        if (body.path("message").asString("").contains("but there's a feature with that name in project")) {
            throw new ConnectorException(
                    Kind.CONFLICT,
                    connection,
                    request + " found the flag in another project",
                    "move the flag back, or use a connection to its new project");
        }
    }

    /** Also of an archived flag, whose strategies can be changed like a live one's ({@code strategy-add-while-archived}). */
    JsonNode strategies(String flag, String environment) {
        Request request = Request.get(FEATURE + "/environments/{}/strategies", project, flag, environment);
        JsonNode strategies = api.json(request);
        if (!strategies.isArray()) {
            throw api.malformed(request, "was not answered with a list of strategies");
        }
        return strategies;
    }

    JsonNode tags(String flag) {
        Request request = Request.get("/api/admin/features/{}/tags", flag);
        JsonNode tags = api.json(request).path("tags");
        if (!tags.isArray()) {
            throw api.malformed(request, "has no list of tags");
        }
        return tags;
    }

    /** Also of an archived flag ({@code environment-variants-get}). */
    JsonNode variants(String flag, String environment) {
        Request request = Request.get(FEATURE + "/environments/{}/variants", project, flag, environment);
        JsonNode variants = api.json(request).path("variants");
        if (!variants.isArray()) {
            throw api.malformed(request, "has no list of variants");
        }
        return variants;
    }

    /** The stages of a flag's life, also of an archived one; each is written about a second late ({@code feature-lifecycle-get}). */
    JsonNode lifecycle(String flag) {
        Request request = Request.get(FEATURE + "/lifecycle", project, flag);
        JsonNode stages = api.json(request);
        if (!stages.isArray()) {
            throw api.malformed(request, "was not answered with a list of stages");
        }
        return stages;
    }

    Set<String> environments() {
        Request request = Request.get("/api/admin/environments");
        return names(request, "environments");
    }

    Set<String> tagTypes() {
        Request request = Request.get("/api/admin/tag-types");
        return names(request, "tagTypes");
    }

    private Set<String> names(Request request, String list) {
        JsonNode entries = api.json(request).path(list);
        if (!entries.isArray()) {
            throw api.malformed(request, "has no list of " + list);
        }
        return entries.valueStream()
                .map(entry -> entry.path("name").asString(""))
                .collect(Collectors.toSet());
    }

    /** Whether a flag of this name was created after this time, by Unleash's own record and clock. */
    boolean wasCreatedAfter(String flag, Instant time) {
        Request request = Request.get("/api/admin/search/events")
                .query("feature", "IS:" + flag)
                .query("type", "IS:feature-created")
                .query("limit", "1");
        JsonNode events = api.json(request).path("events");
        if (!events.isArray()) {
            throw api.malformed(request, "has no list of events");
        }
        try {
            return events.valueStream()
                    .map(event -> Instant.parse(event.path("createdAt").asString("")))
                    .anyMatch(time::isBefore);
        } catch (DateTimeParseException e) {
            throw api.malformed(request, "has an event with a time that is none");
        }
    }

    ConnectorException failure(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }
}
