package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import java.time.Clock;
import java.util.List;

class LaunchDarklyFlagsContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new LaunchDarklyBench(http, clock);
    }

    @Override
    List<String> actions() {
        return List.of("archive");
    }
}
