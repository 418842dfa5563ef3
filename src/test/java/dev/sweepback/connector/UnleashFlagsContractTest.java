package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.adapter.http.ReadList;
import dev.sweepback.adapter.unleash.UnleashFlags;
import dev.sweepback.sandbox.Sandbox;
import dev.sweepback.sandbox.UnleashTwin;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class UnleashFlagsContractTest extends ConnectorContract {

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new UnleashBench(http, clock);
    }

    @Override
    List<String> actions() {
        return List.of("archive", "stale", "disable", "remove");
    }

    private static final class UnleashBench implements TwinBench {

        private static final String FLAG = "checkout-v2";

        private final Sandbox sandbox;
        private final UnleashTwin twin;
        private final UnleashFlags connector;

        UnleashBench(HttpClients http, Clock clock) {
            sandbox = Sandbox.start(clock);
            twin = sandbox.unleash();
            connector = new UnleashFlags(http, reference -> new Secret(twin.token()));
        }

        @Override
        public Connector connector() {
            return connector;
        }

        @Override
        public Connection connection(Connection.Timeouts timeouts) {
            return connection("default", timeouts);
        }

        private Connection connection(String project, Connection.Timeouts timeouts) {
            return new Connection(
                    "unleash",
                    "unleash",
                    "test",
                    twin.url(),
                    Map.of("project", project),
                    Map.of("token", new SecretRef.Environment("UNLEASH_TOKEN")),
                    2,
                    timeouts);
        }

        @Override
        public Connection unknownPlace() {
            return connection("nowhere", Connection.Timeouts.DEFAULT);
        }

        @Override
        public ResourceRef seed() {
            twin.addFlag("default", "checkout", "release", "the parent", List.of());
            twin.addFlag("default", FLAG, "release", "rollout", List.of("upgrade:u1", "simple:temporary"));
            int segment = twin.addSegment("beta users");
            for (String environment : List.of("development", "production")) {
                twin.addStrategy(FLAG, environment, strategy(segment, "25"));
                twin.addStrategy(FLAG, environment, strategy(segment, "100").put("disabled", true));
                twin.setEnabled(FLAG, environment, true);
            }
            twin.setVariants(FLAG, variants());
            twin.addLink(FLAG, "https://example.org/t/1", "ticket");
            twin.addLink(FLAG, "https://example.org/t/1", "ticket");
            twin.setParent(FLAG, "checkout");
            twin.evaluate(FLAG, "shop", "development");
            return new ResourceRef("flag", "unleash", FLAG);
        }

        private static ObjectNode strategy(int segment, String rollout) {
            ObjectNode strategy = JsonMapper.shared().createObjectNode();
            strategy.put("name", "flexibleRollout").put("title", "gradual " + rollout);
            strategy.putObject("parameters").put("rollout", rollout).put("stickiness", "default");
            strategy.putArray("segments").add(segment);
            strategy.putArray("constraints")
                    .addObject()
                    .put("contextName", "appName")
                    .put("operator", "IN")
                    .putArray("values")
                    .add("web");
            return strategy;
        }

        private static ArrayNode variants() {
            ArrayNode variants = JsonMapper.shared().createArrayNode();
            variants.addObject().put("name", "blue").put("weight", 1000).put("stickiness", "default");
            return variants;
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                twin.addFlag("default", "many-%04d".formatted(index), "release", "one of many", List.of());
            }
        }

        @Override
        public Optional<Scope> unknownScope() {
            return Optional.of(new Scope(Map.of("environment", "nowhere")));
        }

        @Override
        public boolean changeByHand(String action, ResourceRef resource) {
            switch (action) {
                case "archive" -> twin.revive(resource.id());
                case "remove" -> twin.addFlag("default", FLAG, "release", "rollout", List.of());
                default -> {}
            }
            twin.changeFlag(
                    resource.id(), JsonMapper.shared().createObjectNode().put("description", "kept after all"));
            return true;
        }

        @Override
        public boolean restored(String action, State before, State now) {
            return action.equals("remove") ? FlagDumps.differsInIdsAlone(before, now) : now.sameAs(before);
        }

        @Override
        public JsonNode promised(String action, ObjectNode dump) {
            JsonNode promised = TwinBench.super.promised(action, dump);
            return action.equals("remove") ? FlagDumps.withoutIds(promised) : promised;
        }

        @Override
        public ReadList reads() {
            return UnleashFlags.READS;
        }

        @Override
        public UnleashTwin twin() {
            return twin;
        }

        @Override
        public void close() {
            sandbox.close();
        }
    }
}
