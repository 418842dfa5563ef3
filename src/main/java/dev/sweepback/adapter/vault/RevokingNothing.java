package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Lets one revocation through: that of no lease. A read list tells method and path alone. */
final class RevokingNothing implements Http {

    /** An id that is empty names no lease (recording {@code lease-revoke-missing-id-400}). */
    static final Request REQUEST = Request.of("PUT", "/v1/sys/leases/revoke")
            .body(JsonNodeFactory.instance.objectNode().put("lease_id", "").put("sync", true));

    private static final Optional<JsonNode> BODY = REQUEST.body();

    private final Http next;
    private final Connection connection;

    RevokingNothing(Http next, Connection connection) {
        this.next = next;
        this.connection = connection;
    }

    @Override
    public Response send(Request request) {
        if (request.path().contains("/revoke") && !request.body().equals(BODY)) {
            throw new ConnectorException(
                    Kind.NOT_A_READ,
                    connection.name(),
                    "a check of rights tried to send " + request + " with an id; nothing was sent",
                    "this is a defect of the connector: please report it");
        }
        return next.send(request);
    }
}
