package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Vault's API that is about the secret-ids of AppRoles. Vault never shows a secret-id itself, only what belongs
 * to its accessor.
 */
final class AppRoleApi {

    private static final String ROLE = "/v1/auth/%s/role/*";

    private final String connection;
    private final Function<AppRoleName, VaultRequests> requests;

    /** @param requests what may be sent about a role */
    AppRoleApi(String connection, Function<AppRoleName, VaultRequests> requests) {
        this.connection = connection;
        this.requests = requests;
    }

    /** What reading may send about roles of this mount, which may have several segments; Vault looks things up by POST. */
    static ReadList reads(String mount) {
        String role = ROLE.formatted(Request.get("/{+}", mount).path().substring(1));
        return ReadList.of(
                "LIST " + role + "/secret-id",
                "POST " + role + "/secret-id-accessor/lookup",
                "POST " + role + "/secret-id/lookup");
    }

    /**
     * The accessors of all secret-ids of the role; none if Vault says so.
     *
     * @throws ConnectorException also if there is no such role, which Vault tells from one without secret-ids (recordings
     *     {@code approle-secret-id-list-unknown-role-400}, {@code approle-secret-id-list-empty-404})
     */
    List<String> accessors(AppRoleName role) {
        Request request = Request.of("LIST", "/v1/auth/{+}/role/{}/secret-id", role.mount(), role.name());
        Response response = requests.apply(role).send(request);
        requireRole(role, request, response);
        return requests.apply(role).keys(request, response);
    }

    /** The secret-id; empty if Vault says that the role has none with this accessor. */
    Optional<SecretId> secretId(SecretIdAddress address) {
        Request request = about(address, "lookup");
        return requests.apply(address.role())
                .lookup(
                        request,
                        response -> {
                            requireRole(address.role(), request, response);
                            return saysNotThere(response);
                        },
                        data -> SecretId.from(address, data));
    }

    /**
     * Destroys the secret-id, or finds that it is gone already.
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> destroy(SecretIdAddress address) {
        Request request = about(address, "destroy");
        Response response = requests.apply(address.role()).send(request);
        if (!response.successful() && !saysNotThere(response)) {
            throw judge(address.role(), request, response);
        }
        return response.requestId();
    }

    /**
     * Whether it is not, or no more, one of the role's. An accessor that Vault does not know is a 500 (recording {@code
     * approle-secret-id-accessor-lookup-unknown-500}), one of another role an empty success ({@code
     * approle-secret-id-accessor-lookup-wrong-role-204}).
     */
    private static boolean saysNotThere(Response response) {
        return response.status() == 204 || VaultErrors.says(response, "failed to find accessor entry");
    }

    /** Issues a secret-id of the role; it comes wrapped, and without its accessor (recording {@code approle-secret-id-wrapped-200}). */
    Wrapped issue(AppRoleName role, ObjectNode body, Duration wrapTtl) {
        Request request = Request.of("POST", "/v1/auth/{+}/role/{}/secret-id", role.mount(), role.name())
                .body(body);
        return requests.apply(role).wrapped(request, wrapTtl, (sent, response) -> judge(role, sent, response));
    }

    /**
     * Makes this very value a secret-id of the role.
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> restore(AppRoleName role, Secret value, ObjectNode body) {
        Request request = Request.of("POST", "/v1/auth/{+}/role/{}/custom-secret-id", role.mount(), role.name())
                .body(body.deepCopy().put("secret_id", value.reveal()));
        Response response = requests.apply(role).send(request);
        if (!response.successful()) {
            throw judge(role, request, response);
        }
        return response.requestId();
    }

    /** The accessor of the secret-id with this value; empty if the role has none. */
    Optional<String> accessorOf(AppRoleName role, Secret value) {
        Request request = Request.of("POST", "/v1/auth/{+}/role/{}/secret-id/lookup", role.mount(), role.name())
                .body(VaultRequests.object("secret_id", value.reveal()));
        return requests.apply(role)
                .lookup(
                        request,
                        response -> {
                            requireRole(role, request, response);
                            return VaultErrors.knowsNoSuchSecretId(response);
                        },
                        data -> data.text("secret_id_accessor"));
    }

    private static Request about(SecretIdAddress address, String what) {
        AppRoleName role = address.role();
        return Request.of("POST", "/v1/auth/{+}/role/{}/secret-id-accessor/{}", role.mount(), role.name(), what)
                .body(VaultRequests.object("secret_id_accessor", address.accessor()));
    }

    private void requireRole(AppRoleName role, Request request, Response response) {
        if (isUnknownRole(response)) {
            throw judge(role, request, response);
        }
    }

    private static boolean isUnknownRole(Response response) {
        return response.status() == 400 && VaultErrors.says(response, "does not exist");
    }

    /** These come as a 400 or a 500 and are final: the text alone tells. */
    private ConnectorException judge(AppRoleName role, Request request, Response response) {
        if (isUnknownRole(response)) {
            return fail(
                    Kind.NOT_FOUND,
                    request + " was refused: Vault knows no AppRole '" + role.name() + "' at auth/" + role.mount(),
                    "correct select.role; where AppRole is mounted is select.mount");
        }
        if (VaultErrors.says(response, "failed to verify subset relationship")) {
            return fail(
                    Kind.FORBIDDEN,
                    request + " was refused: the role does not allow the addresses that the secret-id was bound to",
                    "let secret_id_bound_cidrs and token_bound_cidrs of the role hold them");
        }
        if (VaultErrors.says(response, "already registered")) {
            return fail(
                    Kind.CONFLICT,
                    request + " was refused: a secret-id of this value is there already",
                    "leave it as it is, or let the step's secretRef refer to the value that was revoked");
        }
        return requests.apply(role).judge(request, response);
    }

    private ConnectorException fail(Kind kind, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }
}
