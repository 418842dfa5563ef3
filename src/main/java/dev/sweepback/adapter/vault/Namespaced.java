package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import java.util.Optional;

/** Sends everything into the connection's namespace, if it names one. All paths and lease ids are relative to that. */
record Namespaced(Http next, Optional<String> namespace) implements Http {

    private static final String HEADER = "X-Vault-Namespace";

    Namespaced(Http next, Connection connection) {
        this(next, AuthKeys.namespace(connection));
    }

    @Override
    public Response send(Request request) {
        return next.send(namespace.map(name -> request.header(HEADER, name)).orElse(request));
    }
}
