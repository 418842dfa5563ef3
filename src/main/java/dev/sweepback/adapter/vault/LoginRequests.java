package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What a login asks of Vault, by the driver. These requests have a list of their own and go past those of the readers: a
 * plan needs a token, and coming by one changes nothing that a job could be about. What a login leaves behind is one token
 * of Sweepback's own, which it revokes when it ends. No reader can send any of them.
 */
final class LoginRequests {

    private static final Request LOOKUP = Request.get("/v1/auth/token/lookup-self");
    private static final Request RENEW = Request.of("POST", "/v1/auth/token/renew-self");
    private static final Request REVOKE = Request.of("POST", "/v1/auth/token/revoke-self");

    private final Connection connection;
    private final String mount;
    private final Driver driver;
    private final Clock clock;

    LoginRequests(Connection connection, HttpClients clients) {
        this.connection = connection;
        this.mount = AuthKeys.mount(connection);
        Http listed = clients.reading(connection, list(mount));
        this.driver = new Driver(connection, new Namespaced(listed, connection));
        this.clock = clients.clock();
    }

    private static ReadList list(String mount) {
        String at = Request.get("/v1/auth/{+}", mount).path();
        return ReadList.of(
                "GET /v1/auth/token/lookup-self",
                "POST /v1/auth/token/renew-self",
                "POST /v1/auth/token/revoke-self",
                "POST " + at + "/login",
                "POST " + at + "/role/*/secret-id/lookup");
    }

    /** Logs in; Vault makes a token. */
    TokenInUse appRole(Secret roleId, Secret secretId) {
        Request request = Request.of("POST", "/v1/auth/{+}/login", mount);
        Response response = driver.login(request, mount, roleId, secretId);
        if (VaultErrors.refusesAppRole(response)) {
            throw new ConnectorException(
                    Kind.UNAUTHENTICATED,
                    connection.name(),
                    request + " was refused: Vault does not accept the role id, or not the secret-id (wrong, expired,"
                            + " used up or destroyed)",
                    "give the connection a valid role id and secret-id of the AppRole, and check auth.appRole.mount");
        }
        if (VaultErrors.asksForAToken(response)) {
            throw new ConnectorException(
                    Kind.UNAUTHENTICATED,
                    connection.name(),
                    request + " was refused as if it needed a token: Vault seems to have no AppRole at '" + mount + "'",
                    "correct auth.appRole.mount (`vault auth list` shows where AppRole is); if that is right, check the"
                            + " connection's url and namespace");
        }
        return read(request, response, "auth", auth -> {
            Duration ttl = Duration.ofSeconds(auth.number("lease_duration"));
            Self self = Self.loggedIn(auth, "auth/" + mount + "/login");
            return TokenInUse.of(new Secret(auth.text("client_token")), self, ttl, ttl, auth.flag("renewable"), now());
        });
    }

    /** What Vault says of a token that it accepts; less of one that may not look itself up. */
    TokenInUse lookedUp(Secret token) {
        Response response = driver.lookupSelf(LOOKUP, token);
        if (VaultErrors.deniesByPolicy(response)) {
            return TokenInUse.unknown(token, now());
        }
        return read(
                LOOKUP,
                response,
                "data",
                data -> TokenInUse.of(
                        token,
                        Self.lookedUp(data),
                        Duration.ofSeconds(data.number("creation_ttl")),
                        Duration.ofSeconds(data.number("ttl")),
                        data.flag("renewable"),
                        now()));
    }

    /** Vault grants less than what is asked for where the token nears its longest life. */
    TokenInUse renewed(TokenInUse held) {
        Response response = driver.renewSelf(RENEW, held.token(), held.full());
        return read(
                RENEW,
                response,
                "auth",
                auth -> held.renewed(Duration.ofSeconds(auth.number("lease_duration")), auth.flag("renewable"), now()));
    }

    /** Empty if Vault does not know the secret-id any more. */
    Optional<String> secretIdAccessor(Secret token, String role, Secret secretId) {
        Request request = Request.of("POST", "/v1/auth/{+}/role/{}/secret-id/lookup", mount, role);
        Response response = driver.write(request, Map.of("secret_id", secretId.reveal()), token);
        if (VaultErrors.knowsNoSuchSecretId(response)) {
            return Optional.empty();
        }
        // A plain error of the engine, which arrives as a failure of the server, and lasts.
        if (response.status() >= 400 && VaultErrors.says(response, "does not exist")) {
            throw new ConnectorException(
                    Kind.NOT_FOUND,
                    connection.name(),
                    request + " was refused: Vault knows no AppRole '" + role + "' at auth/" + mount + " any more",
                    "log in with an AppRole that is there");
        }
        return Optional.of(read(request, response, "data", data -> data.text("secret_id_accessor")));
    }

    void revoke(Secret token) {
        successful(REVOKE, driver.revokeSelf(REVOKE, token));
    }

    private <T> T read(Request request, Response response, String part, Function<Answered, T> parse) {
        successful(request, response);
        Optional<JsonNode> body = response.json();
        try {
            return parse.apply(new Answered(
                    body.orElseThrow(() -> new Answered.Malformed(part)).path(part)));
        } catch (Answered.Malformed e) {
            throw new ConnectorException(
                    Kind.MALFORMED,
                    connection.name(),
                    request + " was answered without a proper " + part + "." + e.getMessage(),
                    "check that the connection's url leads to Vault itself, and not to a proxy or login page");
        }
    }

    private void successful(Request request, Response response) {
        if (!response.successful()) {
            throw VaultErrors.judge(connection.name(), request, response);
        }
    }

    private Instant now() {
        return clock.instant();
    }
}
