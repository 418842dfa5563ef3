package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import java.time.Clock;
import java.util.List;

/** Only what has been disabled for a while can be removed. */
class UnleashWebhookRemovalContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new UnleashWebhooksBench(http, clock, false);
    }

    @Override
    List<String> actions() {
        return List.of("remove");
    }
}
