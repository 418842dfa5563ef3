package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import java.time.Clock;
import java.util.List;

class UnleashWebhooksContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new UnleashWebhooksBench(http, clock, true);
    }

    @Override
    List<String> actions() {
        return List.of("disable");
    }
}
