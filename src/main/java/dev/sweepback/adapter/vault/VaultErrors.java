package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.adapter.http.StatusRule;
import dev.sweepback.adapter.http.Throttling;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/**
 * What Vault's refusals mean. The status alone misleads: a failing secret backend is a 400, an unknown AppRole accessor a
 * 500, and a 403 is either a dead token or a missing policy, told apart only by the text (recordings {@code
 * lease-revoke-sync-backend-down-400}, {@code bad-token-403}, {@code no-permission-403}, {@code not-active-node-500}).
 * Vault's own text is never quoted: it may carry what a secret backend said.
 */
final class VaultErrors {

    private VaultErrors() {}

    /** The texts of the answer's {@code errors}; empty without any. */
    static List<String> texts(Response response) {
        List<String> texts = new ArrayList<>();
        for (JsonNode text : response.json().map(body -> body.path("errors")).stream()
                .flatMap(errors -> errors.valueStream())
                .toList()) {
            texts.add(text.asString(""));
        }
        return texts;
    }

    static boolean says(Response response, String text) {
        return texts(response).stream().anyMatch(error -> error.contains(text));
    }

    /** A list of what does not exist: 404 with an empty list of errors (recording {@code lease-list-empty-404}). */
    static boolean saysNothingThere(Response response) {
        return response.status() == 404
                && response.json().map(body -> body.path("errors").isArray()).orElse(false)
                && texts(response).isEmpty();
    }

    /** A secret-id that the role has not, looked up by its value: 204, or Vault's own 404 in later versions. */
    static boolean knowsNoSuchSecretId(Response response) {
        return response.status() == 204 || saysNothingThere(response);
    }

    /**
     * The token is good, a Vault policy is missing: in Vault's own words (recording {@code no-permission-403}; for a mount it
     * speaks of a preflight check). What a proxy refuses tells nothing of policies.
     */
    static boolean deniesByPolicy(Response response) {
        return response.status() == 403
                && !refusesToken(response)
                && (says(response, "permission denied") || says(response, "preflight capability check"));
    }

    static ConnectorException judge(String connection, Request request, Response response) {
        int status = response.status();
        if (status == 403 && !Throttling.refuses(response)) {
            return forbidden(connection, request, response);
        }
        if (says(response, "missing client token")) {
            return fail(
                    Kind.UNAUTHENTICATED,
                    connection,
                    request + " reached Vault without a token",
                    "check that nothing in between takes the X-Vault-Token header away");
        }
        if (says(response, "Vault is sealed")) {
            return later(connection, request + " was refused: Vault is sealed", "unseal it", response);
        }
        if (says(response, "not active but active cluster node not found")) {
            return later(
                    connection,
                    request + " reached a node that is not active and finds no active one",
                    "wait for the election to end; if it stays, look at the cluster",
                    response);
        }
        if (status == 400 && says(response, "failed to revoke")) {
            return later(
                    connection,
                    request + " was refused: the secret backend could not revoke it, it is still live",
                    "look at Vault's log for the backend's own error, mend that, then try again",
                    response);
        }
        if (says(response, "invalid lease")
                || says(response, "invalid accessor")
                || says(response, "failed to find accessor entry")
                || says(response, "unknown role")) {
            return fail(
                    Kind.NOT_FOUND,
                    connection,
                    request + " was refused: Vault knows no such lease, accessor or role",
                    "check the prefix, and the role that the connection or the lease's path names");
        }
        if (says(response, "must be subset of")) {
            return fail(
                    Kind.FORBIDDEN,
                    connection,
                    request + " was refused: the token role does not allow the policies",
                    "add the token's policies to allowed_policies of the role");
        }
        return StatusRule.GENERAL.judge(connection, request, response);
    }

    /**
     * A dead token is refused by these two words alone, a missing policy by them in a list. Later versions add that the token
     * is invalid (Vault's page on tokens, "Error responses").
     */
    static boolean refusesToken(Response response) {
        return response.status() == 403
                && texts(response).stream()
                        .anyMatch(text -> text.strip().equals("permission denied") || text.contains("invalid token"));
    }

    /**
     * Recordings {@code approle-login-invalid-role-400} and {@code approle-login-destroyed-secret-id-400}; later versions say
     * {@code invalid role or secret ID} for both.
     */
    static boolean refusesAppRole(Response response) {
        return response.status() == 400
                && texts(response).stream()
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .anyMatch(text -> text.contains("invalid role") || text.contains("invalid secret"));
    }

    /**
     * A login needs no token, so one that is refused for want of it reached nothing that logs in (recording {@code
     * missing-token-400}; later versions say {@code permission denied}).
     */
    static boolean asksForAToken(Response response) {
        return says(response, "missing client token") || refusesToken(response);
    }

    private static ConnectorException forbidden(String connection, Request request, Response response) {
        if (refusesToken(response)) {
            return fail(
                    Kind.UNAUTHENTICATED,
                    connection,
                    request + " was refused: Vault does not accept the token (wrong, expired or revoked)",
                    "give the connection a valid token; Vault policies need no change for this");
        }
        if (!deniesByPolicy(response)) {
            return fail(
                    Kind.FORBIDDEN,
                    connection,
                    request + " was answered with 403, but not as Vault refuses a token or for want of a policy",
                    "see whether something in between refuses it, such as a proxy or a firewall");
        }
        return fail(
                Kind.FORBIDDEN,
                connection,
                request + " was refused: the token is good, but its Vault policies do not allow this",
                "add the path and its capabilities to the token's Vault policy (lists also need sudo; what is issued"
                        + " wrapped must keep to min_wrapping_ttl and max_wrapping_ttl)");
    }

    private static ConnectorException later(String connection, String what, String remedy, Response response) {
        return new ConnectorException(Kind.SYSTEM_ERROR, connection, what, remedy, response.retryAfter());
    }

    private static ConnectorException fail(Kind kind, String connection, String what, String remedy) {
        return new ConnectorException(kind, connection, what, remedy);
    }
}
