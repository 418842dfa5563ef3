package dev.sweepback.adapter.rest;

import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.connector.Connection;
import dev.sweepback.job.DescribedRequest;
import dev.sweepback.job.Description;
import dev.sweepback.job.Template;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes requests of described ones. */
final class Requests {

    private final Connection connection;

    Requests(Connection connection) {
        this.connection = connection;
    }

    /** What planning may send: the connection's own values are in it, a star stands for an id alone. */
    static ReadList reads(Description description, Connection connection) {
        Requests requests = new Requests(connection);
        return ReadList.of(Stream.concat(
                        Stream.of(
                                description.list().request(),
                                description.capture().request()),
                        description.capture().place().stream())
                .map(requests::pattern)
                .toArray(String[]::new));
    }

    Request of(DescribedRequest described, Filling filling) {
        Places places = new Places(connection, filling);
        StringBuilder template = new StringBuilder();
        List<Object> values = new ArrayList<>();
        for (Template.Part part : described.path().parts()) {
            if (part instanceof Template.Place place) {
                template.append(place.path() ? "{+}" : "{}");
                values.add(places.segment(place));
            } else {
                template.append(((Template.Literal) part).text());
            }
        }
        Request request = Request.of(described.method(), template.toString(), values.toArray());
        for (String name : described.query().keySet()) {
            request = request.query(name, query(described, name, places));
        }
        for (String name : described.headers().keySet()) {
            request = request.header(name, header(described, name, places));
        }
        Optional<JsonNode> body = body(described, places);
        return body.isPresent() ? request.body(body.get()) : request;
    }

    private static String query(DescribedRequest described, String name, Places places) {
        return places.text(Objects.requireNonNull(described.query().get(name)));
    }

    private static String header(DescribedRequest described, String name, Places places) {
        return places.text(Objects.requireNonNull(described.headers().get(name)));
    }

    private static Optional<JsonNode> body(DescribedRequest described, Places places) {
        Bodies bodies = new Bodies(places);
        Optional<JsonNode> body = described.body().map(bodies::fill);
        return described.merge().isPresent()
                ? body.map(whole ->
                        Bodies.merged(whole, bodies.fill(described.merge().get())))
                : body.map(Requests::asItIs);
    }

    /** A text that is the whole body is no JSON. */
    private static JsonNode asItIs(JsonNode body) {
        return body.isString()
                ? JsonNodeFactory.instance.binaryNode(body.asString().getBytes(StandardCharsets.UTF_8))
                : body;
    }

    private String pattern(DescribedRequest described) {
        Places places = new Places(connection, Filling.NOTHING);
        StringBuilder pattern = new StringBuilder(described.method()).append(' ');
        for (Template.Part part : described.path().parts()) {
            if (part instanceof Template.Literal literal) {
                pattern.append(literal.text());
            } else if (part instanceof Template.Place place && place.from() == Template.From.KEY) {
                String slot = place.path() ? "/{+}" : "/{}";
                pattern.append(Request.get(slot, places.segment(place)).path().substring(1));
            } else if (part instanceof Template.Place place) {
                pattern.append(place.path() ? "**" : "*");
            }
        }
        return pattern.toString();
    }
}
