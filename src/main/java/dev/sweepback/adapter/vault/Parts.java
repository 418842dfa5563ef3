package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Permissions;
import dev.sweepback.connector.Secrets;
import dev.sweepback.connector.Usage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;

/** What the connectors for Vault are made of. */
final class Parts {

    private final HttpClients http;
    private final Secrets secrets;
    private final Clock clock;
    private final Path home;
    private final Function<String, Connection> connections;
    private final Map<Connection, IssuedTokens> issued = new ConcurrentHashMap<>();

    Parts(HttpClients http, Secrets secrets, Clock clock, Path home, Function<String, Connection> connections) {
        this.http = http;
        this.secrets = secrets;
        this.clock = clock;
        this.home = home;
        this.connections = connections;
    }

    VaultApi reading(Connection connection) {
        return reading(connection, VaultApi.READS);
    }

    /** One that sends only what is on the list. */
    VaultApi reading(Connection connection, ReadList reads) {
        return new VaultApi(connection, http.reading(connection, reads), login(connection));
    }

    VaultApi writing(Connection connection) {
        return new VaultApi(connection, http.writing(connection), login(connection));
    }

    /** One for all that is opened for a connection. */
    Login login(Connection connection) {
        return Login.of(connection, http, secrets);
    }

    /** @param all the connections of the settings */
    OwnSecretIds ownSecretIds(Supplier<List<Connection>> all) {
        return new OwnSecretIds(all, this::login);
    }

    Permissions permissions(Connection connection, Usage usage) {
        return new VaultPermissions(
                connection,
                usage,
                KeyValue.reading(connection, http, secrets),
                Preflight.of(connection, http, login(connection)));
    }

    IssuedTokens issued(Connection connection) {
        return issued.computeIfAbsent(connection, unused -> new IssuedTokens(clock));
    }

    /** Where only hand-overs can be looked for. */
    HandoverLookup handovers(Connection connection) {
        return places(connection, store -> KeyValue.reading(store, http, secrets));
    }

    /** Where something can be left, too. */
    Handovers leavingHandovers(Connection connection) {
        return places(connection, store -> KeyValue.writing(store, http, secrets));
    }

    Reissuer reissuer(Connection connection, VaultApi api) {
        return new Reissuer(
                connection.name(),
                api,
                new Driver(connection, new LoggedIn(http.writing(connection), login(connection))),
                leavingHandovers(connection),
                ReissueSettings.of(connection),
                clock,
                issued(connection));
    }

    private Handovers places(Connection connection, Function<Connection, KeyValue> stores) {
        return new HandoverPlaces(
                new KeyValueHandovers(connections, stores), new LocalHandovers(home, connection.name()));
    }
}
