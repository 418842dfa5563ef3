package dev.sweepback.adapter.http;

import dev.sweepback.connector.ConnectorException;

/** Sends requests to one system. Safe for use from several threads. */
@FunctionalInterface
public interface Http {

    /**
     * Sends the request once and reads the whole answer, whatever its status.
     *
     * @throws ConnectorException if no whole answer came: unreachable, timed out, cut, too large, or the request was refused
     *     before it was sent. The message holds neither headers nor query nor body
     */
    Response send(Request request);
}
