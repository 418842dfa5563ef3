package dev.sweepback.adapter.http;

import dev.sweepback.connector.ConnectorException;

/** Sends requests to one system. Safe for use from several threads. */
@FunctionalInterface
public interface Http {

    /**
     * Sends the request and reads the whole answer, whatever its status. It acts at most once.
     *
     * @throws ConnectorException if no whole answer came: unreachable, timed out, cut, too large, or the request was refused
     *     before it was sent, or as one too many. The message holds neither headers nor query nor body
     */
    Response send(Request request);
}
