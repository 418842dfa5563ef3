package dev.sweepback.connector;

import java.util.Map;
import org.junit.jupiter.api.Tag;

/** Against the Vault that the environment names, by what {@link VaultPlaces} lists; passed over where it names none. */
@Tag("real")
class RealVaultContractTest extends VaultPlacesContract {

    @Override
    Map<String, String> environment() {
        return System.getenv();
    }
}
