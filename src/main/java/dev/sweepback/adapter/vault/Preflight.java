package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.Api;
import dev.sweepback.adapter.http.Http;
import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.http.Request;
import dev.sweepback.adapter.http.Response;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.ConnectorException;
import dev.sweepback.connector.ConnectorException.Kind;
import dev.sweepback.connector.Permissions.Remark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks what the token in use may do (recording {@code daemon-capabilities-self-200}). Capabilities do not show the bounds of
 * parameters. That of revocations is found out by asking for one of no lease: an id that is empty never names a lease, and
 * is refused with 403 where ids are bound, else as missing (recordings {@code lease-revoke-scoped-denied-403}, {@code
 * lease-revoke-missing-id-400}).
 */
final class Preflight {

    /** What may be sent to the path of revocations, {@link RevokingNothing} says. */
    private static final ReadList REQUESTS =
            ReadList.of("POST /v1/sys/capabilities-self", "PUT /v1/sys/leases/revoke", "GET /v1/sys/health");

    /** A standby answers for the active node. */
    private static final Request HEALTH =
            Request.get("/v1/sys/health").query("standbyok", "true").query("perfstandbyok", "true");

    private static final Request CAPABILITIES = Request.of("POST", "/v1/sys/capabilities-self");

    private final Api api;

    private Preflight(Api api) {
        this.api = api;
    }

    static Preflight of(Connection connection, HttpClients http, Login login) {
        Http asking = new RevokingNothing(http.reading(connection, REQUESTS), connection);
        return new Preflight(new Api(
                connection.name(),
                new LoggedIn(asking, login),
                () -> Map.of("X-Vault-Request", "true"),
                VaultErrors::judge));
    }

    /** Which server answers, and in which version; empty if it does not say (recording {@code health-200}). */
    Optional<Remark> version() {
        return api.send(HEALTH)
                .json()
                .map(health -> health.path("version").asString(""))
                .filter(version -> !version.isEmpty())
                .map(version -> new Remark(Remark.Level.IN_ORDER, "answers as version " + version, ""));
    }

    List<Remark> check(List<Permission> needed) {
        JsonNode may;
        try {
            may = capabilities(needed);
        } catch (ConnectorException e) {
            if (e.kind() == Kind.FORBIDDEN) {
                return List.of(new Remark(
                        Remark.Level.PROBLEM,
                        e.getMessage() + ", so that nothing can be said of the" + " rest",
                        e.remedy()));
            }
            throw e;
        }
        List<Remark> remarks = new ArrayList<>();
        for (Permission permission : needed) {
            Set<String> has = has(may, permission);
            if (has.contains("root")) {
                return List.of(new Remark(
                        Remark.Level.WARNING,
                        "its token may do everything: it has the Vault policy root",
                        "give it a token with the least Vault policy"));
            }
            lack(permission, has).ifPresent(remarks::add);
        }
        if (remarks.isEmpty()) {
            remarks.add(new Remark(Remark.Level.IN_ORDER, inOrder(needed), ""));
        }
        if (needed.stream().anyMatch(this::isUnboundRevocation)) {
            remarks.add(new Remark(
                    Remark.Level.WARNING,
                    "its token may revoke any lease: its Vault policies do not bind lease_id on sys/leases/revoke",
                    "give that path allowed_parameters, as the least Vault policy does"));
        }
        return remarks;
    }

    private static String inOrder(List<Permission> needed) {
        boolean wrapped =
                needed.stream().anyMatch(permission -> permission.wrapped().isPresent());
        return "its token has every capability that it needs, on " + needed.size() + " paths"
                + (wrapped
                        ? "; whether min_wrapping_ttl and max_wrapping_ttl let hand-overs through cannot be asked"
                        : "");
    }

    private static Optional<Remark> lack(Permission permission, Set<String> has) {
        List<String> missing = permission.capabilities().stream()
                .filter(capability -> !has.contains(capability))
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Remark(
                        Remark.Level.PROBLEM,
                        "its token lacks " + String.join(", ", missing) + " on " + permission.path() + " ("
                                + permission.purpose() + ")",
                        "add it to a Vault policy of the token"));
    }

    private static Set<String> has(JsonNode may, Permission permission) {
        return may.path(permission.example())
                .valueStream()
                .map(name -> name.asString(""))
                .collect(Collectors.toSet());
    }

    private JsonNode capabilities(List<Permission> needed) {
        ObjectNode question = JsonNodeFactory.instance.objectNode();
        ArrayNode paths = question.putArray("paths");
        needed.forEach(permission -> paths.add(permission.example()));
        Request request = CAPABILITIES.body(question);
        JsonNode data = api.json(request).path("data");
        if (!data.isObject()) {
            throw api.malformed(request, "was answered without data");
        }
        return data;
    }

    private boolean isUnboundRevocation(Permission permission) {
        if (!permission.path().equals("sys/leases/revoke")
                || permission.parameters().isEmpty()) {
            return false;
        }
        Response response = api.send(RevokingNothing.REQUEST);
        if (response.status() == 400 && VaultErrors.says(response, "lease_id")) {
            return true;
        }
        if (VaultErrors.deniesByPolicy(response)) {
            return false;
        }
        throw api.judge(RevokingNothing.REQUEST, response);
    }
}
