package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.sandbox.ConsulTwin;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;

class RestConsulContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new ConsulBench(http);
    }

    @Override
    List<String> actions() {
        return List.of("remove");
    }

    private static final class ConsulBench extends RestBench<ConsulTwin> {

        private static final String KEY = "dten/flags/v2 checkout/ünlimited";

        ConsulBench(HttpClients http) {
            super(ConsulTwin.start(), http, Described.published("consul-kv"));
        }

        @Override
        public Connection connection(Connection.Timeouts timeouts) {
            return connection(twin.url(), timeouts);
        }

        private static Connection connection(URI url, Connection.Timeouts timeouts) {
            return new Connection(
                    "consul",
                    "rest:consul-kv",
                    "test",
                    url,
                    Map.of("prefix", "dten/flags"),
                    Map.of("token", new SecretRef.Environment("CONSUL_TOKEN")),
                    2,
                    timeouts);
        }

        /** The whole API is not there: where a prefix is wrong, single keys can be read all the same. */
        @Override
        public Connection unknownPlace() {
            return connection(URI.create(twin.url() + "/elsewhere"), Connection.Timeouts.DEFAULT);
        }

        @Override
        public ResourceRef seed() {
            twin.put("dten/flags/other", "on", 0);
            twin.put("dten/flags-of-others", "on", 0);
            twin.put(KEY, "größer als \"zuvor\"\n", 42);
            return new ResourceRef("key", "consul", KEY);
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                twin.put("dten/flags/many/" + index, "", index);
            }
        }

        @Override
        public boolean changeByHand(String action, ResourceRef resource) {
            twin.put(resource.id(), "somebody needs it", 42);
            return true;
        }
    }
}
