package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.InParallel;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of Vault's API that goes through the pooled client: lists, look-ups, revocations, and what is issued wrapped.
 * The driver is left out here, because its calls for leases build a client each and drop the text of an error, which alone
 * tells what a refusal means.
 */
final class VaultApi {

    /** Vault looks things up by PUT and POST. */
    static final ReadList READS = ReadList.of(
            "LIST /v1/sys/leases/lookup/**",
            "PUT /v1/sys/leases/lookup",
            "LIST /v1/auth/token/accessors/",
            "POST /v1/auth/token/lookup-accessor",
            "GET /v1/sys/internal/ui/mounts/**");

    private final Connection connection;
    private final Login login;
    private final Api api;
    private final VaultRequests requests;

    VaultApi(Connection connection, Http http, Login login) {
        this.connection = connection;
        this.login = login;
        this.api = new Api(
                connection.name(),
                new LoggedIn(http, login),
                () -> Map.of("X-Vault-Request", "true"),
                VaultErrors::judge);
        this.requests = new VaultRequests(api);
    }

    /** For other parts of the same Vault, through the same client. */
    VaultRequests requests() {
        return requests;
    }

    /**
     * The ids of all leases under the prefix, folder by folder.
     *
     * @throws dev.sweepback.connector.ConnectorException also if there are none and Vault does not say that the prefix
     *     belongs to a mount: it lists nothing for a mount that does not exist as well (recording {@code lease-list-empty-404})
     */
    List<String> leases(String prefix) {
        List<String> ids = leasesBelow(prefix);
        if (ids.isEmpty()) {
            requireMount(prefix);
        }
        return ids;
    }

    private void requireMount(String prefix) {
        Request request = Request.get("/v1/sys/internal/ui/mounts/{+}", prefix);
        Response response = api.send(request);
        if (VaultErrors.deniesByPolicy(response)) {
            throw new ConnectorException(
                    Kind.NOT_FOUND,
                    connection.name(),
                    "no leases are listed below '" + prefix
                            + "', and Vault names no mount that it belongs to: it does not"
                            + " exist, or the token may do nothing in it",
                    "correct the prefix; if it is right, let the token's Vault policy list the path, so that an empty"
                            + " mount can be told from none");
        }
        requests.json(request, response);
    }

    private List<String> leasesBelow(String prefix) {
        List<String> ids = new ArrayList<>();
        for (String key : requests.keys(Request.of("LIST", "/v1/sys/leases/lookup/{+}/", prefix))) {
            if (key.endsWith("/")) {
                ids.addAll(leasesBelow(prefix + "/" + key.substring(0, key.length() - 1)));
            } else {
                ids.add(prefix + "/" + key);
            }
        }
        return ids;
    }

    /** The lease; empty if Vault says that there is none. */
    Optional<Lease> lease(String id) {
        Request request = Request.of("PUT", "/v1/sys/leases/lookup").body(VaultRequests.object("lease_id", id));
        return requests.lookup(request, "invalid lease", data -> Lease.from(id, data));
    }

    /**
     * The answer proves nothing: it is the same for a lease that does not exist (recording lease-revoke-unknown-204).
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> revokeLease(String id) {
        return api.call(Request.of("PUT", "/v1/sys/leases/revoke")
                        .body(VaultRequests.object("lease_id", id).put("sync", true)))
                .requestId();
    }

    /** The accessors of all tokens. A list without the own one is not the whole list. */
    List<String> accessors() {
        String before = self().accessor();
        Request request = Request.of("LIST", "/v1/auth/token/accessors/");
        List<String> accessors = requests.keys(request);
        // the list itself may have led to another login
        String after = self().accessor();
        boolean whole = before.isEmpty() || accessors.contains(before) || accessors.contains(after);
        if (accessors.isEmpty() || !whole) {
            throw api.malformed(request, "was answered without the accessor of Sweepback's own token");
        }
        return accessors;
    }

    /** All tokens that Vault lists; what expires in between is left out. */
    List<Token> tokens() {
        return tokens(accessors());
    }

    /** The tokens with these accessors; what is not there any more is left out. */
    List<Token> tokens(List<String> accessors) {
        return tokens(accessors, connection.concurrency());
    }

    /** @param threads how many may be looked up at once */
    List<Token> tokens(List<String> accessors, int threads) {
        return InParallel.map(Math.min(threads, connection.concurrency()), accessors, this::token).stream()
                .flatMap(Optional::stream)
                .toList();
    }

    /** The token; empty if Vault says that there is none. */
    Optional<Token> token(String accessor) {
        Request request =
                Request.of("POST", "/v1/auth/token/lookup-accessor").body(VaultRequests.object("accessor", accessor));
        return requests.lookup(request, "invalid accessor", data -> Token.from(accessor, data));
    }

    /**
     * Revokes the token, or finds that it is gone already.
     *
     * @return the id of the request, if the answer has one
     */
    Optional<String> revokeToken(String accessor) {
        Request request =
                Request.of("POST", "/v1/auth/token/revoke-accessor").body(VaultRequests.object("accessor", accessor));
        Response response = api.send(request);
        if (!response.successful() && !VaultErrors.says(response, "invalid accessor")) {
            throw api.judge(request, response);
        }
        return response.requestId();
    }

    /** The token that is used now. */
    Self self() {
        return login.self();
    }

    /** Creates a token through a token role; the token itself comes wrapped. */
    Wrapped createToken(String role, ObjectNode body, Duration wrapTtl) {
        return requests.wrapped(
                Request.of("POST", "/v1/auth/token/create/{}", role).body(body), wrapTtl);
    }

    /** Reads a path with another token; the answer comes wrapped. */
    Wrapped issue(String path, Secret token, Duration wrapTtl) {
        return requests.wrapped(Request.get("/v1/{+}", path).header(LoggedIn.TOKEN, token.reveal()), wrapTtl);
    }
}
