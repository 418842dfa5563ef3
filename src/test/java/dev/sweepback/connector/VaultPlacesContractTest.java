package dev.sweepback.connector;

import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.VaultTwin;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;

/** What a real Vault is held to is tried on the twin, so that it is known to work. */
class VaultPlacesContractTest extends VaultPlacesContract {

    private final Sandbox sandbox = Sandbox.start(Clock.systemUTC());

    @AfterAll
    void close() {
        sandbox.close();
    }

    @Override
    Map<String, String> environment() {
        VaultTwin twin = sandbox.vault();
        twin.databaseRole("dten-migrator", Duration.ofHours(4), Duration.ofHours(24));
        twin.tokenRole("sweepback-undo", List.of(VaultPlaces.TOKEN_POLICY), true);
        twin.appRoles().role("dten-migrator", List.of("dten"));
        return Map.of(
                "VAULT_ADDR", twin.url().toString(),
                "VAULT_TOKEN", twin.token(),
                "SWEEPBACK_TEST_KV2", "secret",
                "SWEEPBACK_TEST_KV1", "kv1",
                "SWEEPBACK_TEST_APPROLE", "approle/dten-migrator",
                "SWEEPBACK_TEST_LEASES", "database/creds/dten-migrator",
                "SWEEPBACK_TEST_TOKEN_ROLE", "sweepback-undo");
    }
}
