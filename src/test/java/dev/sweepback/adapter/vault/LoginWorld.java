package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Secret;
import dev.sweepback.connector.SecretRef;
import dev.sweepback.connector.Secrets;
import dev.sweepback.sandbox.SecretId;
import dev.sweepback.sandbox.VaultTwin;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A Vault with an AppRole of Sweepback's own, and connections that log in to it in each way. */
final class LoginWorld implements AutoCloseable {

    static final Duration TTL = Duration.ofMinutes(20);
    static final Duration LONGEST = Duration.ofHours(1);

    final VaultWorld world = new VaultWorld();
    final VaultTwin twin = world.twin;
    final VaultWorld.Hand clock = world.clock;
    final String roleId = twin.appRoles().role("sweepback", List.of("sweepback"), TTL, LONGEST);
    SecretId secretId = twin.appRoles().addSecretId("sweepback", Map.of());

    /** What the references lead to, by their text. */
    final Map<String, String> secrets = new HashMap<>();

    /** Like those of one process. */
    final HttpClients http = new HttpClients(clock, pause -> {}, UnaryOperator.identity());

    final Secrets resolver = reference -> new Secret(secrets.getOrDefault(reference.toString(), "none"));

    LoginWorld() {
        twin.traffic().clear();
        secrets.put("env:ROLE_ID", roleId);
        secrets.put("env:SECRET_ID", secretId.id());
    }

    Connection appRole() {
        return connection(
                Map.of(),
                Map.of(
                        AuthKeys.ROLE_ID, new SecretRef.Environment("ROLE_ID"),
                        AuthKeys.SECRET_ID, new SecretRef.Environment("SECRET_ID")));
    }

    /** With a token by reference. */
    Connection token(String token) {
        secrets.put("env:TOKEN", token);
        return connection(Map.of(), Map.of(AuthKeys.TOKEN, new SecretRef.Environment("TOKEN")));
    }

    Connection connection(Map<String, String> options, Map<String, SecretRef> references) {
        return new Connection(
                "vault", "vault", "test", twin.url(), options, references, 4, Connection.Timeouts.DEFAULT);
    }

    VaultApi api(Connection connection) {
        return new Parts(http, resolver, clock, world.home, name -> connection).reading(connection);
    }

    VaultApi writing(Connection connection) {
        return new Parts(http, resolver, clock, world.home, name -> connection).writing(connection);
    }

    VaultTwin.IssuedToken issued(String more) {
        return twin.createToken(VaultWorld.json("{'policies':['sweepback'],'no_parent':true" + more + "}"));
    }

    long logins() {
        return twin.traffic().count("POST", "/v1/auth/approle/login");
    }

    long renewals() {
        return twin.traffic().count("POST", "/v1/auth/token/renew-self");
    }

    @Override
    public void close() {
        http.close();
        world.close();
    }
}
