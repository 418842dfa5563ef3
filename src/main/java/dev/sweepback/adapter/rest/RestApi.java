package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.job.DescribedRequest;
import dev.sweepback.job.Description;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The requests of a description, to one connection. */
final class RestApi {

    private final Api api;
    private final Connection connection;
    private final Description description;
    private final Requests requests;

    RestApi(Api api, Connection connection, Description description) {
        this.api = api;
        this.connection = connection;
        this.description = description;
        this.requests = new Requests(connection);
    }

    Connection connection() {
        return connection;
    }

    /** Everything that is listed, by id. */
    Map<String, JsonNode> list() {
        Request request = requests.of(description.list().request(), Filling.NOTHING);
        Map<String, JsonNode> items = new LinkedHashMap<>();
        for (JsonNode item : pages(request).all()) {
            String id = listedId(request, item);
            if (items.put(id, item) != null) {
                throw api.malformed(
                        request, "has '" + id + "' twice: its ids are not unique, or it changed while it was read");
            }
        }
        return items;
    }

    private String listedId(Request request, JsonNode item) {
        if (!description.list().texts()) {
            return id(request, item);
        }
        if (!item.isString() || item.asString().isBlank()) {
            throw api.malformed(request, "has an item that is no id");
        }
        return item.asString();
    }

    /** The resource; empty only if the place is there and does not have it. */
    Optional<Item> item(String id) {
        Request request = requests.of(description.capture().request(), Filling.id(id));
        Response response = api.send(request);
        if (description.answers().gone().contains(response.status())) {
            requirePlace();
            return Optional.empty();
        }
        if (!response.successful()) {
            throw api.judge(request, response);
        }
        JsonNode body = api.json(request, response);
        requireExpected(description.capture().request(), request, body);
        JsonNode item = body.at(description.capture().item());
        if (Says.all(item, description.answers().goneWhen())) {
            return Optional.empty();
        }
        if (!item.isObject()) {
            throw api.malformed(request, "has no resource where it should be");
        }
        if (!id(request, item).equals(id)) {
            throw api.malformed(request, "is not the resource that was asked for");
        }
        return Optional.of(new Item(item, response.header("etag")));
    }

    /** Who asks at the wrong place is told that nothing is there, too. */
    private void requirePlace() {
        if (description.capture().place().isEmpty()) {
            pages(requests.of(description.list().request(), Filling.NOTHING)).require();
            return;
        }
        DescribedRequest place = description.capture().place().get();
        Request request = requests.of(place, Filling.NOTHING);
        Response response = api.call(request);
        if (!place.expect().isEmpty()) {
            requireExpected(place, request, api.json(request, response));
        }
    }

    private Pages pages(Request request) {
        return new Pages(
                api,
                description.list(),
                request,
                (sent, body) -> requireExpected(description.list().request(), sent, body));
    }

    /** Sends something that changes the system, once. The answer may also be that the resource is gone. */
    Response change(DescribedRequest described, Filling filling) {
        Request request = requests.of(described, filling);
        Response response = api.send(request);
        if (description.answers().gone().contains(response.status())) {
            return response;
        }
        if (!response.successful()) {
            throw api.judge(request, response);
        }
        if (!described.expect().isEmpty()) {
            requireExpected(described, request, api.json(request, response));
        }
        return response;
    }

    boolean isGone(Response response) {
        return description.answers().gone().contains(response.status());
    }

    /** What an answer says at a pointer, as an id. */
    String answeredId(DescribedRequest described, Response response, String pointer) {
        JsonNode id =
                response.json().orElseThrow(() -> noId(described, pointer)).at(pointer);
        if (!isId(id)) {
            throw noId(described, pointer);
        }
        return id.asString();
    }

    private ConnectorException noId(DescribedRequest described, String pointer) {
        return failure(
                Kind.MALFORMED,
                described + " was not answered with an id at " + pointer,
                "correct the pointer in the description of " + description.type());
    }

    ConnectorException failure(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection.name(), what, remedy);
    }

    private String id(Request request, JsonNode item) {
        JsonNode id = item.at(description.id());
        if (!isId(id)) {
            throw api.malformed(request, "has an item without an id at " + description.id());
        }
        return id.asString();
    }

    private static boolean isId(JsonNode node) {
        return node.isIntegralNumber() || (node.isString() && !node.asString().isBlank());
    }

    private void requireExpected(DescribedRequest described, Request request, JsonNode body) {
        List<String> wrong = described.expect().entrySet().stream()
                .filter(entry -> !Says.same(body.at(entry.getKey()), entry.getValue()))
                .map(entry -> entry.getKey().isEmpty() ? "the whole" : entry.getKey())
                .toList();
        if (!wrong.isEmpty()) {
            boolean reading = described.method().equals("GET") || described.reads();
            throw failure(
                    reading ? Kind.REJECTED : Kind.CONFLICT,
                    request + " was answered with something else than expected at " + String.join(", ", wrong),
                    reading
                            ? "check the connection's url and keys, and 'expect' in the description of "
                                    + description.type()
                            : "look at the resource in the system, then plan again");
        }
    }
}
