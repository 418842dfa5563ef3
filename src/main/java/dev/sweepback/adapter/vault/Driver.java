package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Credential;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.Secrets;
import io.github.jopenlibs.vault.EnvironmentLoader;
import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.api.Logical;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.github.jopenlibs.vault.rest.RestResponse;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Vault's Java driver, the safe part of it: engine version 1, so that no path is rewritten (version 2 turns a list of
 * leases into a 404 that looks like none), one shared client, no retries, the status always looked at. The driver's own
 * calls for leases and unwrapping are not used: they build a client each. What its exceptions say is never passed on: they
 * quote whole answers.
 */
final class Driver {

    /** The driver builds a client per call unless it is given one. */
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Connection.Timeouts.DEFAULT.connect())
            .proxy(HttpClient.Builder.NO_PROXY)
            .build();

    private static final String BODY = "\nResponse body: ";

    private final Connection connection;
    private final Credential credential;

    Driver(Connection connection, Secrets secrets) {
        this.connection = connection;
        this.credential = new Credential(connection, KeyValue.TOKEN, secrets);
    }

    Response read(String path) {
        return answer(Request.get("/v1/{+}", path), credential.get(), logical -> logical.read(path));
    }

    /** @throws ConnectorException if the status is no success */
    void write(String path, ObjectNode content) {
        Request request = Request.of("POST", "/v1/{+}", path);
        Response response = answer(request, credential.get(), logical -> logical.write(path, DriverJson.of(content)));
        if (!response.successful()) {
            throw VaultErrors.judge(connection.name(), request, response);
        }
    }

    /** Takes a wrapped answer out, once. */
    JsonNode unwrap(Secret wrappingToken) {
        Request request = Request.of("POST", "/v1/sys/wrapping/unwrap");
        Response response = answer(request, wrappingToken, logical -> logical.write("sys/wrapping/unwrap", Map.of()));
        if (!response.successful()) {
            throw VaultErrors.judge(connection.name(), request, response);
        }
        return response.json().orElseGet(JsonNodeFactory.instance::objectNode);
    }

    private interface Call {
        LogicalResponse on(Logical logical) throws VaultException;
    }

    private Response answer(Request request, Secret token, Call call) {
        HttpClients.requireAllowed(connection);
        try {
            RestResponse answer = call.on(
                            Vault.create(config(token), 1).withRetries(0, 0).logical())
                    .getRestResponse();
            return response(answer.getStatus(), new String(answer.getBody(), StandardCharsets.UTF_8));
        } catch (VaultException e) {
            if (e.getHttpStatusCode() > 0) {
                String text = String.valueOf(e.getMessage());
                int body = text.indexOf(BODY);
                return response(e.getHttpStatusCode(), body < 0 ? "" : text.substring(body + BODY.length()));
            }
            throw noAnswer(request, e);
        }
    }

    private static Response response(int status, String body) {
        return new Response(status, Map.of("content-type", "application/json"), body);
    }

    private VaultConfig config(Secret token) throws VaultException {
        return new VaultConfig()
                .environmentLoader(new NoEnvironment())
                .address(connection.url().toString())
                .token(token.reveal())
                .httpClient(CLIENT)
                .readTimeout((int) Math.max(1, connection.timeouts().whole().toSeconds()))
                .build();
    }

    private ConnectorException noAnswer(Request request, VaultException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            if (cause instanceof HttpTimeoutException) {
                return lost(Kind.TIMEOUT, request + " was not answered in time");
            }
        }
        return lost(Kind.UNREACHABLE, "no connection, or it broke during " + request);
    }

    private ConnectorException lost(Kind kind, String what) {
        return new ConnectorException(
                kind,
                connection.name(),
                what,
                "check the connection's url, and that Vault is up and can be reached from here",
                true,
                Optional.empty());
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
