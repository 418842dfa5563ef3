package dev.sweepback.adapter.vault;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.connector.Connection;
import dev.sweepback.connector.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.function.Function;

/** What the connectors for Vault are made of. */
record Parts(HttpClients http, Secrets secrets, Clock clock, Path home, Function<String, Connection> connections) {

    VaultApi reading(Connection connection) {
        return new VaultApi(connection, http.reading(connection, VaultApi.READS), secrets);
    }

    VaultApi writing(Connection connection) {
        return new VaultApi(connection, http.writing(connection), secrets);
    }

    Handovers handovers(Connection connection) {
        return new HandoverPlaces(
                new KeyValueHandovers(connections, secrets), new LocalHandovers(home, connection.name()));
    }

    Reissuer reissuer(Connection connection, VaultApi api) {
        return new Reissuer(
                connection.name(),
                api,
                new Driver(connection, secrets),
                handovers(connection),
                ReissueSettings.of(connection),
                clock);
    }
}
