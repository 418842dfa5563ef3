package dev.sweepback.adapter.http;

import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Optional;

/** What a status that is no success means for one system. */
@FunctionalInterface
public interface StatusRule {

    /**
     * The error for this answer. A rule of a connector handles what its system says in its own way and leaves the rest to
     * {@link #GENERAL}.
     */
    ConnectorException judge(String connection, Request request, Response response);

    /** By the status alone. */
    StatusRule GENERAL = StatusRule::general;

    private static ConnectorException general(String connection, Request request, Response response) {
        int status = response.status();
        String what = request + " was answered with " + status;
        if (Throttling.refuses(response)) {
            return retry(Kind.THROTTLED, connection, what + ": too many requests", response);
        }
        if (status >= 300 && status < 400) {
            return fail(
                    Kind.REJECTED,
                    connection,
                    what + ", a redirect, which is not followed",
                    "set the connection's url to the address that the system redirects to");
        }
        return switch (status) {
            case 401 ->
                fail(
                        Kind.UNAUTHENTICATED,
                        connection,
                        what + ": the credential is not accepted",
                        "check the connection's credential: expired, revoked, or of another system?");
            case 403 ->
                fail(
                        Kind.FORBIDDEN,
                        connection,
                        what + ": the credential lacks a right",
                        "give the connection's credential the right for this request");
            case 404, 410 ->
                fail(
                        Kind.NOT_FOUND,
                        connection,
                        what + ": not found",
                        "check the connection's url and scope, and what the credential may see");
            case 408 -> retry(Kind.TIMEOUT, connection, what + ": the system gave up waiting", response);
            case 409, 412, 422, 423 ->
                fail(
                        Kind.CONFLICT,
                        connection,
                        what + ": the state of the resource does not allow it",
                        "look at the resource in the system, then plan again");
            default -> byClass(connection, what, response);
        };
    }

    private static ConnectorException byClass(String connection, String what, Response response) {
        if (response.status() >= 500) {
            return retry(Kind.SYSTEM_ERROR, connection, what + ": the system failed", response);
        }
        if (response.status() >= 400) {
            return fail(
                    Kind.REJECTED,
                    connection,
                    what + ": the system does not accept the request",
                    "check that the system's version is a supported one");
        }
        return fail(
                Kind.MALFORMED,
                connection,
                what + ", which this request is never answered with",
                "check that the connection's url leads to the system itself and not to a proxy");
    }

    private static ConnectorException retry(Kind kind, String connection, String what, Response response) {
        String remedy = kind == Kind.THROTTLED
                ? "wait, or lower the rate and the connection's concurrency"
                : "try again later; if it stays, look at the system's own log";
        return new ConnectorException(kind, connection, what, remedy, Throttling.wait(response, Optional.empty()));
    }

    private static ConnectorException fail(Kind kind, String connection, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }
}
