package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.unleash.RealUnleash;
import dev.sweepback.adapter.unleash.RealUnleashServer;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

@Tag("real")
@ExtendWith(RealUnleashServer.class)
class RealUnleashWebhooksContractTest {

    @Nested
    class Disable extends ConnectorEssentials {

        private final RealUnleash unleash;

        Disable(RealUnleash unleash) {
            this.unleash = unleash;
        }

        @Override
        Bench open(HttpClients http, Clock clock) {
            return new RealWebhooksBench(unleash, http, clock, true);
        }

        @Override
        List<String> actions() {
            return List.of("disable");
        }
    }

    /** Of what was never enabled: else each would take over a minute. */
    @Nested
    class Remove extends ConnectorEssentials {

        private final RealUnleash unleash;

        Remove(RealUnleash unleash) {
            this.unleash = unleash;
        }

        @Override
        Bench open(HttpClients http, Clock clock) {
            return new RealWebhooksBench(unleash, http, clock, false);
        }

        @Override
        List<String> actions() {
            return List.of("remove");
        }
    }
}
