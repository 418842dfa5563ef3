package dev.sweepback.adapter.http;

import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;

/** Refuses everything that is not on the read list before it is sent. */
final class ReadingHttp implements Http {

    private final Http next;
    private final Connection connection;
    private final ReadList list;

    ReadingHttp(Http next, Connection connection, ReadList list) {
        this.next = next;
        this.connection = connection;
        this.list = list;
    }

    @Override
    public Response send(Request request) {
        Addresses.requireStraight(connection, request);
        if (!list.allows(request.method(), relative(request))) {
            throw new ConnectorException(
                    Kind.NOT_A_READ,
                    connection.name(),
                    "a reader tried to send " + request + ", which is not on its read list; nothing was sent",
                    "this is a defect of the connector: please report it");
        }
        return next.send(request);
    }

    private String relative(Request request) {
        String base = Addresses.basePath(connection.url());
        return request.address().isPresent()
                        && !base.isEmpty()
                        && request.path().startsWith(base + "/")
                ? request.path().substring(base.length())
                : request.path();
    }
}
