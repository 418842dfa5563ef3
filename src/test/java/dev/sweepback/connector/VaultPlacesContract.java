package dev.sweepback.connector;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sweepback.adapter.http.HttpClients;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;

/** All kinds of Vault against one that nothing is known of but address and token. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VaultPlacesContract {

    private Optional<VaultPlaces> places = Optional.empty();

    /** What names the Vault: see {@link VaultPlaces}. */
    abstract Map<String, String> environment();

    @BeforeAll
    void open() {
        places = VaultPlaces.of(environment());
    }

    @AfterAll
    void remove() {
        places.ifPresent(VaultPlaces::close);
    }

    private VaultPlaces places() {
        assumeTrue(places.isPresent(), "the environment has no VAULT_ADDR and VAULT_TOKEN");
        return places.orElseThrow();
    }

    @Nested
    class Leases extends ConnectorEssentials {
        @Override
        Bench open(HttpClients http, Clock clock) {
            Optional<String> path = places().leases();
            assumeTrue(path.isPresent(), "the environment has no SWEEPBACK_TEST_LEASES");
            return new VaultLeasesPlace(places(), path.orElseThrow(), http);
        }

        @Override
        List<String> actions() {
            return List.of("revoke");
        }
    }

    @Nested
    class Tokens extends ConnectorEssentials {
        @Override
        Bench open(HttpClients http, Clock clock) {
            return new VaultTokensPlace(places(), http);
        }

        @Override
        List<String> actions() {
            return List.of("revoke");
        }
    }

    @Nested
    class SecretIds extends ConnectorEssentials {
        @Override
        Bench open(HttpClients http, Clock clock) {
            return new VaultSecretIdsPlace(places(), http);
        }

        @Override
        List<String> actions() {
            return List.of("revoke");
        }
    }

    @Nested
    class KeysWithVersions extends ConnectorEssentials {
        @Override
        Bench open(HttpClients http, Clock clock) {
            return new VaultKvPlace(places(), true, http);
        }

        @Override
        List<String> actions() {
            return List.of("remove");
        }
    }

    @Nested
    class KeysWithoutVersions extends ConnectorEssentials {
        @Override
        Bench open(HttpClients http, Clock clock) {
            return new VaultKvPlace(places(), false, http);
        }

        @Override
        List<String> actions() {
            return List.of("remove");
        }
    }
}
