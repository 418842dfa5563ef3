package dev.sweepback.connector;

import dev.sweepback.adapter.http.HttpClients;
import dev.sweepback.sandbox.LittleTwin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Everything that a description can say and the published ones do not: versions, two requests, a new id, masked secrets. */
class RestLittleContractTest extends ConnectorContract {

    @TempDir
    static Path folder;

    @BeforeAll
    void write() throws IOException {
        Described.written(folder, "little", Files.readString(Path.of("src/test/resources/little.yaml")));
    }

    @Override
    TwinBench open(HttpClients http, Clock clock) {
        return new LittleBench(http, clock);
    }

    @Override
    List<String> actions() {
        return List.of("disable", "retire", "remove");
    }

    private static final class LittleBench extends RestBench<LittleTwin> {

        LittleBench(HttpClients http, Clock clock) {
            super(LittleTwin.start(clock), http, Described.of(folder.resolve("connectors"), "little"));
        }

        @Override
        public Connection connection(Connection.Timeouts timeouts) {
            return connection("here", timeouts);
        }

        private Connection connection(String place, Connection.Timeouts timeouts) {
            return new Connection(
                    "little",
                    "rest:little",
                    "test",
                    twin.url(),
                    Map.of("place", place),
                    Map.of("token", new SecretRef.Environment("LITTLE_TOKEN")),
                    2,
                    timeouts);
        }

        @Override
        public Connection unknownPlace() {
            return connection("nowhere", Connection.Timeouts.DEFAULT);
        }

        @Override
        public ResourceRef seed() {
            twin.add("another", true, "live");
            return new ResourceRef("thing", "little", twin.add("dten-v2", true, "live"));
        }

        @Override
        public void seedMany(int count) {
            for (int index = 0; index < count; index++) {
                twin.add("many-" + index, true, "live");
            }
        }

        @Override
        public boolean changeByHand(String action, ResourceRef resource) {
            if (action.equals("remove")) {
                ObjectNode labels = JsonMapper.shared().createObjectNode();
                labels.putArray("labels").add("mine");
                twin.change(twin.add("dten-v2", false, "live"), labels);
            } else {
                ObjectNode change = JsonMapper.shared().createObjectNode();
                twin.change(resource.id(), change.put("title", "still needed"));
            }
            return true;
        }

        @Override
        public boolean restored(String action, State before, State now) {
            return action.equals("remove")
                    ? List.of("/createdAt", "/key").containsAll(before.differences(now))
                    : now.sameAs(before);
        }

        @Override
        public JsonNode promised(String action, ObjectNode dump) {
            List<JsonNode> things = new ArrayList<>();
            for (JsonNode entry : dump) {
                ObjectNode thing = (ObjectNode) entry;
                thing.remove("bookkeeping");
                if (action.equals("remove")) {
                    thing.remove(List.of("key", "createdAt", "secret"));
                }
                things.add(thing);
            }
            things.sort(Comparator.comparing(thing -> thing.path("title").asString()));
            return JsonMapper.shared().valueToTree(things);
        }
    }
}
