package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vault's Java driver, the safe part of it: engine version 1, so that no path is rewritten (version 2 turns a list of
 * leases into a 404 that looks like none), no retries, the status always looked at, and everything sent by the connection's
 * pooled client ({@link DriverClient}). The driver's own calls for leases and unwrapping are not used: they build a client
 * each. What its exceptions say is never passed on: they quote whole answers.
 */
final class Driver {

    /** The driver wants one; where a request goes is the pooled client's business. */
    private static final String ADDRESS = "http://vault.invalid";

    private final Connection connection;
    private final Http http;

    /** @param http adds the connection's token to what is sent without one */
    Driver(Connection connection, Http http) {
        this.connection = connection;
        this.http = http;
    }

    /** The answer, whatever its status. */
    Response read(String path) {
        Request request = Request.get("/v1/{+}", path);
        return answer(request, Optional.empty(), vault -> vault.logical().read(bare(request)));
    }

    /** @throws ConnectorException if the status is no success */
    Response write(String path, ObjectNode content) {
        return write(path, DriverJson.of(content), Optional.empty());
    }

    /** Takes a wrapped answer out, once. */
    JsonNode unwrap(Secret wrappingToken) {
        return write("sys/wrapping/unwrap", Map.of(), Optional.of(wrappingToken))
                .json()
                .orElseGet(JsonNodeFactory.instance::objectNode);
    }

    /** The answer, whatever its status. */
    Response write(Request request, Map<String, Object> content, Secret token) {
        return answer(request, Optional.of(token), vault -> vault.logical().write(bare(request), content));
    }

    private Response write(String path, Map<String, Object> content, Optional<Secret> token) {
        Request request = Request.of("POST", "/v1/{+}", path);
        Response response = answer(request, token, vault -> vault.logical().write(bare(request), content));
        if (!response.successful()) {
            throw VaultErrors.judge(connection.name(), request, response);
        }
        return response;
    }

    /** The answer to a login, whatever its status. */
    Response login(Request request, String mount, Secret roleId, Secret secretId) {
        return answer(
                request,
                Optional.empty(),
                vault -> vault.auth().loginByAppRole(mount, roleId.reveal(), secretId.reveal()));
    }

    /** The answer, whatever its status. */
    Response renewSelf(Request request, Secret token, Duration increment) {
        return answer(request, Optional.of(token), vault -> vault.auth().renewSelf(increment.toSeconds()));
    }

    /** The answer, whatever its status. */
    Response lookupSelf(Request request, Secret token) {
        return answer(request, Optional.of(token), vault -> vault.auth().lookupSelf());
    }

    /** The answer, whatever its status. */
    Response revokeSelf(Request request, Secret token) {
        return answer(request, Optional.of(token), vault -> vault.auth().revokeSelf());
    }

    /** The driver puts the path into an address as it is, so it gets it encoded. */
    private static String bare(Request request) {
        return request.path().substring("/v1/".length());
    }

    private interface Call {
        void on(Vault vault) throws VaultException;
    }

    private Response answer(Request request, Optional<Secret> token, Call call) {
        DriverClient client = new DriverClient(http, request);
        try {
            call.on(Vault.create(config(token, client), 1).withRetries(0, 0));
        } catch (VaultException e) {
            // a status that the driver takes for a failure, or no answer: the client has both
        }
        return client.answer()
                .orElseThrow(() -> new ConnectorException(
                        Kind.REJECTED,
                        connection.name(),
                        request + " was not sent: the driver did not take it",
                        "check the path"));
    }

    private static VaultConfig config(Optional<Secret> token, DriverClient client) throws VaultException {
        VaultConfig config = new VaultConfig()
                .environmentLoader(new NoEnvironment())
                .address(ADDRESS)
                .httpClient(client);
        token.ifPresent(known -> config.token(known.reveal()));
        return config.build();
    }

    /** What Sweepback does depends on its settings alone, not on VAULT_TOKEN or a token file in somebody's home. */
    private static final class NoEnvironment extends EnvironmentLoader {
        private static final long serialVersionUID = 1;

        @Override
        public @Nullable String loadVariable(String name) {
            return null;
        }
    }
}
