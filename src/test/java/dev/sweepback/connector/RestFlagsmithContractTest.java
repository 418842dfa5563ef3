package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.sandbox.FlagsmithTwin;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class RestFlagsmithContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new FlagsmithBench(http, clock);
    }

    @Override
    List<String> actions() {
        return List.of("archive");
    }

    private static final class FlagsmithBench extends RestBench<FlagsmithTwin> {

        FlagsmithBench(HttpClients http, Clock clock) {
            super(FlagsmithTwin.start(clock), http, Described.published("flagsmith"));
        }

        @Override
        public Connection connection(Connection.Timeouts timeouts) {
            return connection(Integer.toString(twin.project()), timeouts);
        }

        private Connection connection(String project, Connection.Timeouts timeouts) {
            return new Connection(
                    "flagsmith",
                    "rest:flagsmith",
                    "test",
                    twin.url(),
                    Map.of("project", project),
                    Map.of("token", new SecretRef.Environment("FLAGSMITH_TOKEN")),
                    2,
                    timeouts);
        }

        @Override
        public Connection unknownPlace() {
            return connection("99", Connection.Timeouts.DEFAULT);
        }

        @Override
        public ResourceRef seed() {
            twin.addFeature("dark-mode", "");
            long id = twin.addFeature("dten-v2-checkout", "the rollout of 2.4");
            return new ResourceRef("feature", "flagsmith", Long.toString(id));
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                twin.addFeature("many-" + index, "");
            }
        }

        @Override
        public boolean changeByHand(String action, ResourceRef resource) {
            ObjectNode change = JsonMapper.shared().createObjectNode();
            twin.changeFeature(Long.parseLong(resource.id()), change.put("description", "still needed"));
            return true;
        }
    }
}
