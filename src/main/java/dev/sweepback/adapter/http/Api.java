package dev.sweepback.adapter.http;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** One system's API: adds what every request carries, judges the status, and insists on JSON. */
public final class Api {

    private final String connection;
    private final Http http;
    private final Supplier<Map<String, String>> headers;
    private final StatusRule rule;

    /** @param headers asked at each request, so that a credential is resolved at the first one and not before */
    public Api(String connection, Http http, Supplier<Map<String, String>> headers, StatusRule rule) {
        this.connection = connection;
        this.http = http;
        this.headers = headers;
        this.rule = rule;
    }

    /** The answer, whatever its status. */
    public Response send(Request request) {
        Request complete = request;
        for (Map.Entry<String, String> header : headers.get().entrySet()) {
            complete = complete.header(header.getKey(), header.getValue());
        }
        return http.send(complete);
    }

    /** @throws ConnectorException if the status is no success */
    public Response call(Request request) {
        Response response = send(request);
        if (!response.successful()) {
            throw rule.judge(connection, request, response);
        }
        return response;
    }

    /**
     * The answer, also one that says that nothing is there.
     *
     * @throws ConnectorException if the status is neither a success nor 404
     */
    public Response callIfThere(Request request) {
        Response response = send(request);
        if (!response.successful() && response.status() != 404) {
            throw rule.judge(connection, request, response);
        }
        return response;
    }

    /** @throws ConnectorException if the status is no success, or the body no JSON */
    public JsonNode json(Request request) {
        return json(request, call(request));
    }

    /** @throws ConnectorException if the body is no JSON */
    public JsonNode json(Request request, Response response) {
        return response.json().orElseThrow(() -> malformed(request, "was not answered with JSON"));
    }

    public ConnectorException judge(Request request, Response response) {
        return rule.judge(connection, request, response);
    }

    /** @param what is wrong with the answer, after the request's name: {@code has no list of features} */
    public ConnectorException malformed(Request request, String what) {
        return new ConnectorException(
                Kind.MALFORMED,
                connection,
                request + " " + what,
                "check that the connection's url leads to the system itself, in a supported version, and not to a proxy"
                        + " or login page");
    }
}
